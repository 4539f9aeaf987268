//! `#[derive(Shape)]` and `#[derive(Entity)]`: a struct's description as consts, and its values as a list.
//!
//! The derives describe and do not act. Every attribute becomes one call of a const builder, so a typo in an attribute
//! is rustc's own error, at its own column.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::{quote, quote_spanned};
use syn::{
    Attribute, Data, DataStruct, DeriveInput, Error, Expr, ExprLit, Field, Fields, Ident, Lit, Meta, Result, Token,
    ext::IdentExt, parse::ParseStream, parse_macro_input, spanned::Spanned,
};

/// The fields of a request or an answer: `FIELDS`, `from_record`, `into_record`.
#[proc_macro_derive(Shape, attributes(field))]
pub fn shape(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand_shape(&input).unwrap_or_else(Error::into_compile_error).into()
}

/// A [`macro@Shape`] that has a table, a collection and a permission: adds the const `META`.
#[proc_macro_derive(Entity, attributes(entity, field))]
pub fn entity(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand_entity(&input).unwrap_or_else(Error::into_compile_error).into()
}

fn expand_entity(input: &DeriveInput) -> Result<Tokens> {
    let shape = expand_shape(input)?;
    let ident = &input.ident;
    let name = ident.to_string();
    let help = doc(&input.attrs);
    let calls = builder_calls(&input.attrs, "entity")?;
    Ok(quote! {
        #shape

        impl ::kontor_entity::Entity for #ident {
            const META: &'static ::kontor_entity::EntityMeta =
                &::kontor_entity::EntityMeta::new(#name, #help, <Self as ::kontor_entity::Shape>::FIELDS) #calls .build();
        }
    })
}

fn expand_shape(input: &DeriveInput) -> Result<Tokens> {
    let ident = &input.ident;
    let fields = named_fields(input)?;
    let mut metas = Vec::new();
    let mut names = Vec::new();
    for field in fields {
        let Some(name) = &field.ident else { continue };
        let (ty, text, help) = (&field.ty, name.unraw().to_string(), doc(&field.attrs));
        let calls = builder_calls(&field.attrs, "field")?;
        metas.push(quote_spanned! { ty.span() => ::kontor_entity::FieldMeta::of::<#ty>(#text, #help) #calls });
        names.push(name);
    }
    let from = read_fields(&names);
    Ok(quote! {
        impl ::kontor_entity::Shape for #ident {
            const FIELDS: &'static [::kontor_entity::FieldMeta] = &[#(#metas),*];

            fn from_record(record: &::kontor_entity::Record) -> ::core::option::Option<Self> {
                let mut values = record.values();
                ::core::option::Option::Some(Self { #from })
            }

            fn into_record(self) -> ::kontor_entity::Record {
                ::kontor_entity::Record::new(::std::vec![#(::kontor_entity::FieldType::into_value(self.#names)),*])
            }
        }
    })
}

fn read_fields(names: &[&Ident]) -> Tokens {
    quote! { #(#names: ::kontor_entity::FieldType::from_value(values.next()?)?),* }
}

fn named_fields(input: &DeriveInput) -> Result<Vec<&Field>> {
    match &input.data {
        Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) => Ok(fields.named.iter().collect()),
        Data::Struct(DataStruct { fields: Fields::Unit, .. }) => Ok(Vec::new()),
        _ => Err(Error::new(input.ident.span(), "only a struct with named fields, or with none, can be described")),
    }
}

/// `#[field(search, max = 20)]` → `.search().max(20)`, with the spans of what was written.
fn builder_calls(attrs: &[Attribute], name: &str) -> Result<Tokens> {
    let mut calls = Tokens::new();
    for attr in attrs.iter().filter(|a| a.path().is_ident(name)) {
        attr.parse_args_with(|input: ParseStream<'_>| {
            while !input.is_empty() {
                let method = Ident::parse_any(input)?;
                if input.peek(Token![=]) {
                    input.parse::<Token![=]>()?;
                    let value: Expr = input.parse()?;
                    calls.extend(quote_spanned! { method.span() => .#method(#value) });
                } else {
                    calls.extend(quote_spanned! { method.span() => .#method() });
                }
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        })?;
    }
    Ok(calls)
}

/// The doc comment as one line: it is the help text people read under a field.
fn doc(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter(|a| a.path().is_ident("doc")).filter_map(|a| match &a.meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ").trim().to_owned()
}
