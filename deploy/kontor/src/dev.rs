use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use kontor_postgres::Cluster;
use tokio::sync::watch;

use crate::{
    compose::compose,
    config::Config,
    migrate, seed,
    serve::{Parts, start, wait_for_signal},
};

const DATABASE: &str = "kontor";

/// Everything on this machine, until Ctrl-C.
pub async fn run(port: u16, data: PathBuf, demo: bool) -> anyhow::Result<ExitCode> {
    fs::create_dir_all(&data).with_context(|| format!("{} cannot be made", data.display()))?;
    let data = data.canonicalize()?;
    let cluster = Cluster::builder(data.join("pg")).durable(true).start().await?;
    let config = configuration(&cluster, port, &data)?;
    config.start_logs();
    kontor_store::bootstrap(&cluster.admin_url(), DATABASE, "dev").await?;
    migrate::schema(&config).await?;
    let product = compose(&config).await?;
    let seeded = if demo { seed::demo(&product).await? } else { None };
    let (stop, stopped) = watch::channel(false);
    let running = start(&config, product, Parts::All, stopped)?;
    announce(&config, demo, seeded.is_some());
    wait_for_signal().await?;
    println!("\nstopping …");
    stop.send(true).ok();
    running.ended().await;
    cluster.stop().await?;
    Ok(ExitCode::SUCCESS)
}

fn configuration(cluster: &Cluster, port: u16, data: &Path) -> anyhow::Result<Config> {
    let own = [
        ("DATABASE_URL", cluster.url("kontor_app", DATABASE)),
        ("DATABASE_IDENTITY_URL", cluster.url("kontor_identity", DATABASE)),
        ("DATABASE_READER_URL", cluster.url("kontor_reader", DATABASE)),
        ("DATABASE_OWNER_URL", cluster.url("kontor_owner", DATABASE)),
        ("KONTOR_SECRET", secret(&data.join("secret"))?),
        ("KONTOR_PUBLIC_URL", format!("http://localhost:{port}")),
        ("KONTOR_LISTEN", format!("127.0.0.1:{port}")),
        ("KONTOR_DATA", data.join("data").display().to_string()),
        ("KONTOR_LOG_FORMAT", "text".to_owned()),
    ];
    // What is set in the environment wins, except where the database is: that is this command's own.
    let mut values: BTreeMap<String, String> =
        own.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    values.extend(std::env::vars().filter(|(name, _)| !name.starts_with("DATABASE_")));
    Config::from_values(&values).map_err(|problems| anyhow::anyhow!("{problems}"))
}

/// The secret that signs tokens: made at the first start, readable by its owner alone.
fn secret(path: &Path) -> anyhow::Result<String> {
    if let Ok(known) = fs::read_to_string(path) {
        return Ok(known);
    }
    let secret: String = rand::random::<[u8; 32]>().iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(path, &secret).with_context(|| format!("{} cannot be written", path.display()))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    Ok(secret)
}

fn announce(config: &Config, demo: bool, new: bool) {
    println!("\n  Kontor runs at {}", config.public_url);
    if demo {
        println!("  Log in as {} with the password {}", seed::EMAIL, seed::PASSWORD);
        let company = config.public_url.replacen("://", &format!("://{}.", seed::SLUG), 1);
        println!("  The demo company is at {company}{}", if new { " (just filled with Northwind's data)" } else { "" });
    }
    println!("  Metrics at http://{}/metrics · Ctrl-C stops everything\n", config.metrics_listen);
}
