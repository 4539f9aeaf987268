use std::{collections::BTreeMap, fmt::Write as _};

use kontor_access::{DefaultRole, Permissions};
use serde_json::{Value, json};

use crate::{client::Client, server::Server};

/// One call of the API, as its document has it.
struct Operation {
    name: String,
    method: String,
    path: String,
}

/// Every operation that asks who is calling, from the API's own document: the matrix grows with the product. The log-out
/// comes last, as nobody is logged in after it.
async fn operations(client: &Client) -> Vec<Operation> {
    let document = client.get("/api/v1/openapi.json").await.expect(200).body;
    let mut all = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            if operation["security"].as_array().is_some_and(|schemes| !schemes.is_empty()) {
                let name = operation["operationId"].as_str().unwrap().to_owned();
                all.push(Operation { name, method: method.to_uppercase(), path: path.clone() });
            }
        }
    }
    all.sort_by(|a, b| (a.name == "log_out", &a.path, &a.name).cmp(&(b.name == "log_out", &b.path, &b.name)));
    all
}

/// Whether the role may come in: asked with an id that nobody has and an empty body, so that nothing is done.
async fn is_allowed(member: &Client, operation: &Operation) -> bool {
    let path = operation.path.replace("{id}", &uuid::Uuid::nil().to_string());
    let answer = match operation.method.as_str() {
        "GET" => member.get(&path).await,
        method => member.json(method, &path, &[], &json!({})).await,
    };
    assert!(answer.status < 500, "{} {path}: {}", operation.method, answer.body);
    assert_ne!(answer.status, 401, "{} {path}: {}", operation.method, answer.body);
    assert_ne!(answer.status, 402, "{} {path}: {}", operation.method, answer.body);
    answer.status != 403
}

#[tokio::test(flavor = "multi_thread")]
async fn what_each_role_may_do_is_what_was_reviewed() {
    let server = Server::start().await;
    let operations = operations(&Client::anonymous(&server.url)).await;
    let mut allowed: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for (column, role) in DefaultRole::ALL.iter().enumerate() {
        let member = server.member(role.code).await;
        assert_eq!(member.get("/api/v1/me").await.expect(200).body["roles"][0], Value::from(role.code));
        for (row, operation) in operations.iter().enumerate() {
            allowed.insert((row, column), is_allowed(&member, operation).await);
        }
    }
    let width = operations.iter().map(|operation| operation.name.len()).max().unwrap();
    let mut table = format!("{:width$}", "");
    for role in DefaultRole::ALL {
        write!(table, "  {}", role.code).unwrap();
    }
    table.push('\n');
    for (row, operation) in operations.iter().enumerate() {
        let mut line = format!("{:width$}", operation.name);
        for (column, role) in DefaultRole::ALL.iter().enumerate() {
            let mark = if allowed[&(row, column)] { "yes" } else { "–" };
            write!(line, "  {mark:columns$}", columns = role.code.len()).unwrap();
        }
        writeln!(table, "{}", line.trim_end()).unwrap();
    }
    insta::assert_snapshot!(table);
}

/// Areas of modules to come; a role names them already.
const TO_COME: [&str; 1] = ["sales.*"];

#[test]
fn every_pattern_of_a_role_allows_something() {
    let registry = kontor::modules::registry();
    let permissions = kontor::compose::permissions(&registry);
    for role in DefaultRole::ALL {
        for pattern in role.permissions {
            let alone = Permissions::new(vec![(*pattern).to_owned()]);
            let allows = permissions.iter().any(|permission| alone.allow_named(permission));
            assert_ne!(allows, TO_COME.contains(pattern), "{} of {}", pattern, role.code);
        }
    }
}
