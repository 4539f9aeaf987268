//! The demo company: Northwind Traders, filled through the same import and the same commands that customers use.

mod orders;
mod plan;

use std::process::ExitCode;

use anyhow::Context as _;
use kontor_access::{SessionKind, SignUp, Visit};
use kontor_command::Call;
use kontor_company::{Company, UpdateCompany};
use kontor_entity::{Entity as _, Mode, parse_draft};
use kontor_store::Origin;
use kontor_transfer::NewImport;
use serde_json::json;

use crate::{
    compose::{Product, compose},
    config::Config,
};

pub const SLUG: &str = "northwind";
pub const EMAIL: &str = "demo@kontor.example";
pub const PASSWORD: &str = "chai-and-syrup-for-friday";

/// In the order in which they point to each other.
const FILES: [(&str, &str, &[u8]); 4] = [
    ("suppliers", "suppliers.csv", include_bytes!("../demo/northwind/suppliers.csv")),
    ("product-categories", "categories.csv", include_bytes!("../demo/northwind/categories.csv")),
    ("products", "products.csv", include_bytes!("../demo/northwind/products.csv")),
    ("customers", "customers.csv", include_bytes!("../demo/northwind/customers.csv")),
];

/// Makes the demo company unless it is there.
pub async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let product = compose(config).await?;
    match demo(&product).await? {
        Some(orders) => println!("the demo company {SLUG} is filled: {orders} orders"),
        None => println!("the demo company {SLUG} was there already"),
    }
    product.close().await;
    Ok(ExitCode::SUCCESS)
}

/// How many orders were made; nothing when the company was there.
pub async fn demo(product: &Product) -> anyhow::Result<Option<usize>> {
    let known: bool = sqlx::query_scalar("select exists (select from platform.tenants where slug = $1)")
        .bind(SLUG)
        .fetch_one(product.app.runner.databases().identity())
        .await?;
    if known {
        return Ok(None);
    }
    let call = sign_up(product).await?;
    describe(product, &call).await?;
    for (entity, file, content) in FILES {
        import(product, &call, entity, file, content).await?;
    }
    orders::fill(product, &call).await.map(Some)
}

async fn sign_up(product: &Product) -> anyhow::Result<Call> {
    let sign_up = SignUp {
        company: "Northwind Traders".to_owned(),
        slug: SLUG.to_owned(),
        country: "DE".to_owned(),
        currency: Some("EUR".to_owned()),
        name: "Nancy Davolio".to_owned(),
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let visit = Visit { kind: SessionKind::Api, request_id: "seed".to_owned(), address: None, user_agent: None };
    let entered = product.identity.sign_up(&sign_up, &visit).await?;
    confirm_address(product).await?;
    let caller = product.identity.authenticate_bearer(&entered.tokens()?.access_token).await?;
    Ok(Call { caller, origin: Origin::System, request_id: "seed".to_owned(), address: None, idempotency: None })
}

/// Nobody reads the demo's mailbox, so its link is opened here.
async fn confirm_address(product: &Product) -> anyhow::Result<()> {
    let mails = product.identity.recent_mails(10).await?;
    let mail = mails.iter().find(|mail| mail.recipient == EMAIL).context("no mail to the demo's address")?;
    let (_, rest) = mail.text.split_once("/verify-email?token=").context("a mail without its link")?;
    let token = rest.split_whitespace().next().unwrap_or_default();
    product.identity.verify_email(token).await?;
    Ok(())
}

/// What stands on the company's documents.
async fn describe(product: &Product, call: &Call) -> anyhow::Result<()> {
    let company = json!({
        "legal_name": "Northwind Traders GmbH",
        "street": "Am Sandtorkai 27",
        "postal_code": "20457",
        "city": "Hamburg",
        "tax_number": "DE136695976",
        "email": "orders@northwind.example",
        "phone": "+49 40 66969 100",
    });
    let draft = parse_draft(Company::META, company.to_string().as_bytes(), Mode::Patch)?;
    product.app.runner.run(call, UpdateCompany { version: None, draft }).await?;
    Ok(())
}

async fn import(product: &Product, call: &Call, entity: &str, file: &str, content: &[u8]) -> anyhow::Result<()> {
    let new = NewImport {
        entity: entity.to_owned(),
        file_name: file.to_owned(),
        content: content.to_vec(),
        mapping: None,
        dry_run: false,
    };
    let status = product.imports.start(call, new).await?;
    anyhow::ensure!(status.errors.is_empty(), "{file} was not imported: {:?}", status.errors);
    Ok(())
}
