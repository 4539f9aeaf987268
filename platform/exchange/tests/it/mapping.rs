//! Guesses over headers of other programs, and mappings that people give.

use kontor_exchange::{Limits, Mapping, Sheet, Target, TargetKind, code, read};

const TARGETS: [Target<'static>; 9] = [
    Target { name: "code", label: "Code", aliases: &[], kind: TargetKind::Text, required: false },
    Target { name: "name", label: "Name", aliases: &[], kind: TargetKind::Text, required: true },
    Target { name: "email", label: "E-mail", aliases: &[], kind: TargetKind::Email, required: false },
    Target { name: "phone", label: "Phone", aliases: &[], kind: TargetKind::Phone, required: false },
    Target { name: "street", label: "Street", aliases: &[], kind: TargetKind::Text, required: false },
    Target { name: "postal_code", label: "Postal code", aliases: &[], kind: TargetKind::Text, required: false },
    Target { name: "city", label: "City", aliases: &[], kind: TargetKind::Text, required: false },
    Target {
        name: "payment_days",
        label: "Payment days",
        aliases: &["Zahlungsziel"],
        kind: TargetKind::Integer,
        required: false,
    },
    Target { name: "supplier_id", label: "Main supplier", aliases: &[], kind: TargetKind::Link, required: false },
];

fn sheet(text: &str) -> Sheet {
    read(text.as_bytes(), Limits::default()).unwrap()
}

fn guess(text: &str) -> Vec<Option<String>> {
    Mapping::guess(&sheet(text), "customers", &TARGETS).columns.into_iter().map(|column| column.field).collect()
}

fn fields<const N: usize>(names: [&str; N]) -> Vec<Option<String>> {
    names.map(|name| Some(name.to_owned()).filter(|name| !name.is_empty())).to_vec()
}

#[test]
fn german_headers_are_understood() {
    assert_eq!(
        guess(
            "Kundennummer;Firma;Straße;PLZ;Ort;Telefon;E-Mail-Adresse;Zahlungsziel\n;Sol;A 1;10785;Berlin;030;a@b.de;30\n"
        ),
        fields(["", "name", "street", "postal_code", "city", "phone", "email", "payment_days"])
    );
}

#[test]
fn headers_in_any_spelling_are_understood() {
    assert_eq!(
        guess("CUSTOMER_NAME,ZIP-Code,e mail,TelephoneNumber\nx,1,a@b.c,1\n"),
        fields(["name", "postal_code", "email", "phone"])
    );
    assert_eq!(guess("Name,Adress,Postcal code\nx,y,1\n"), fields(["name", "street", "postal_code"]));
}

#[test]
fn a_field_has_one_column_and_the_better_one() {
    assert_eq!(guess("company,name,id,number\nx,y,1,2\n"), fields(["", "name", "code", ""]));
}

#[test]
fn a_link_is_known_by_what_it_points_to() {
    for header in ["supplier", "supplierID", "Supplier code", "supplier name", "Main supplier"] {
        assert_eq!(guess(&format!("{header},name\nx,y\n")), fields(["supplier_id", "name"]), "{header}");
    }
}

#[test]
fn values_speak_where_names_do_not() {
    assert_eq!(guess("name,Kontaktdaten\nx,a@b.example\ny,c@d.example\n"), fields(["name", "email"]));
    assert_eq!(guess("name,Kontaktdaten\nx,a@b.example\ny,none\n"), fields(["name", ""]));
    assert_eq!(guess("name,payment\nx,by transfer\n"), fields(["name", ""]));
    assert_eq!(guess("name,payment day\nx,by transfer\n"), fields(["name", ""]));
    assert_eq!(guess("name,payment day\nx,30\n"), fields(["name", "payment_days"]));
}

#[test]
fn a_guess_shows_its_values_and_how_sure_it_is() {
    let mapping = Mapping::guess(&sheet("customerName,x\na,1\nb,\na,2\nc,\nd,\n"), "customers", &TARGETS);
    let [name, other] = mapping.columns.as_slice() else { panic!("two columns") };
    assert_eq!((name.samples.as_slice(), name.confidence), (["a", "b", "c"].map(String::from).as_slice(), 0.95));
    assert_eq!((other.field.as_deref(), other.confidence), (None, 0.0));
    assert_eq!(mapping.column("name"), Some("customerName"));
}

#[test]
fn a_given_mapping_replaces_the_guess() {
    let sheet = sheet("name,city,zip\nChai,NULL,1\n");
    let mapping = Mapping::given(&sheet, &TARGETS, [("city", "name"), ("zip", "")]).unwrap();
    assert_eq!(
        (mapping.column("name"), mapping.column("city"), mapping.column("postal_code")),
        (Some("city"), None, None)
    );
    assert_eq!(mapping.fields(sheet.rows.first().unwrap()).collect::<Vec<_>>(), [("name", None)]);
    assert_eq!(Mapping::given(&sheet, &TARGETS, [("zip", "code")]).unwrap().missing(&TARGETS), ["name"]);
}

#[test]
fn a_wrong_mapping_is_refused_with_all_that_is_wrong() {
    let pairs = [("nam", "name"), ("city", "town"), ("name", "name"), ("zip", "name")];
    let errors = Mapping::given(&sheet("name,city,zip\na,b,c\n"), &TARGETS, pairs).unwrap_err();
    let told: Vec<_> = errors.iter().map(|error| (error.field.as_deref().unwrap(), error.code)).collect();
    assert_eq!(told, [("nam", code::UNKNOWN_COLUMN), ("city", code::UNKNOWN_FIELD), ("zip", code::DUPLICATE_FIELD)]);
}
