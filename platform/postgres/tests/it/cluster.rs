//! The life of a private cluster: made, used, stopped, crashed, shared.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use kontor_postgres::{Cluster, Error, Signal, TestCluster};
use sqlx::{Connection, PgConnection};

/// A directory that is removed when the test ends.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let directory = env::temp_dir().join(format!("kontor-test-{name}-{}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        Self(directory)
    }

    fn cluster(&self) -> PathBuf {
        self.0.join("pg")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Ok(elsewhere) = fs::read_link(self.cluster().join("cluster")) {
            let _ = fs::remove_dir_all(elsewhere);
        }
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn execute(url: &str, sql: &'static str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn text(url: &str, sql: &'static str) -> String {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let answer = sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    answer
}

fn alive(pid: u32) -> bool {
    fs::read_link(format!("/proc/{pid}/exe")).is_ok()
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !done() {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn a_restart_keeps_the_data_and_takes_less_than_three_seconds() {
    let place = Place::new("restart");
    let first = Cluster::builder(place.cluster()).start().await.unwrap();
    execute(&first.admin_url(), "create table note (body text); insert into note values ('kept')").await;
    let pid = first.pid().unwrap();
    first.stop().await.unwrap();
    assert!(!alive(pid));

    let begun = Instant::now();
    let second = Cluster::builder(place.cluster()).start().await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert_eq!(text(&second.admin_url(), "select body from note").await, "kept");
    second.stop().await.unwrap();
}

#[tokio::test]
async fn settings_are_durable_unless_told_otherwise() {
    let place = Place::new("settings");
    let cluster = Cluster::builder(place.cluster()).setting("work_mem", "5MB").start().await.unwrap();
    let url = cluster.admin_url();
    assert_eq!(text(&url, "show fsync").await, "on");
    assert_eq!(text(&url, "show work_mem").await, "5MB");
    assert_eq!(text(&url, "show timezone").await, "UTC");
    assert_eq!(text(&url, "select lower('ÄÉ')").await, "äé");
    cluster.stop().await.unwrap();
    let cluster = Cluster::builder(place.cluster()).durable(false).start().await.unwrap();
    assert_eq!(text(&cluster.admin_url(), "show fsync").await, "off");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn tcp_asks_for_the_password() {
    let cluster = Cluster::temporary().start().await.unwrap();
    assert_eq!(text(&cluster.tcp_url("postgres"), "select 'in'").await, "in");
    let without = format!("postgres://postgres:guess@127.0.0.1:{}/postgres", cluster.port());
    assert!(PgConnection::connect(&without).await.is_err());
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_owner_is_refused_and_told_why() {
    let place = Place::new("second");
    let first = Cluster::builder(place.cluster()).durable(false).start().await.unwrap();
    let refused = Cluster::builder(place.cluster()).start().await.unwrap_err();
    assert!(matches!(refused, Error::InUse(_)), "{refused}");
    assert_eq!(text(&first.admin_url(), "select 'unharmed'").await, "unharmed");
    first.stop().await.unwrap();
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let refused = Cluster::temporary().port(Some(port)).start().await.unwrap_err();
    assert!(matches!(refused, Error::PortTaken(named) if named == port), "{refused}");
}

#[tokio::test]
async fn a_crashed_run_is_recovered() {
    let place = Place::new("crash");
    let cluster = Cluster::builder(place.cluster()).start().await.unwrap();
    execute(&cluster.admin_url(), "create table note (body text); insert into note values ('kept')").await;
    let pid = cluster.pid().unwrap();
    Command::new("sh").args(["-c", "kill -9 $0"]).arg(pid.to_string()).status().unwrap();
    drop(cluster);
    let pid_file = place.cluster().join("cluster/data/postmaster.pid");
    assert!(pid_file.exists());

    let cluster = Cluster::builder(place.cluster()).start().await.unwrap();
    assert_eq!(text(&cluster.admin_url(), "select body from note").await, "kept");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_pid_file_that_names_a_stranger_is_no_obstacle() {
    let place = Place::new("stranger");
    let cluster = Cluster::builder(place.cluster()).durable(false).start().await.unwrap();
    cluster.stop().await.unwrap();
    let pid_file = place.cluster().join("cluster/data/postmaster.pid");
    fs::write(&pid_file, format!("{}\n", std::process::id())).unwrap();

    let cluster = Cluster::builder(place.cluster()).durable(false).start().await.unwrap();
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_dropped_temporary_cluster_leaves_nothing() {
    let cluster = Cluster::temporary().start().await.unwrap();
    let pid = cluster.pid().unwrap();
    let directory = cluster.socket_directory().parent().unwrap().parent().unwrap().to_owned();
    assert!(directory.exists());
    drop(cluster);
    assert!(!alive(pid));
    assert!(!directory.exists());
}

/// Started by the next test as a process of its own, to be killed.
#[tokio::test]
#[ignore = "waits to be killed"]
async fn owner() {
    let cluster = Cluster::temporary().start().await.unwrap();
    println!("\npid={} run={}", cluster.pid().unwrap(), cluster.socket_directory().display());
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[test]
fn the_server_goes_when_its_owner_is_killed() {
    let mut owner = Command::new(env::current_exe().unwrap())
        .args(["--exact", "cluster::owner", "--ignored", "--nocapture"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = io::BufReader::new(owner.stdout.take().unwrap());
    let line = io::BufRead::lines(output).map(Result::unwrap).find(|line| line.starts_with("pid=")).unwrap();
    let (pid, run) = line.trim_start_matches("pid=").split_once(" run=").unwrap();
    let pid: u32 = pid.parse().unwrap();
    assert!(alive(pid));
    owner.kill().unwrap();
    owner.wait().unwrap();
    wait_until("the server has ended", || !alive(pid));
    wait_until("its files are gone", || !Path::new(run).exists());
}

#[tokio::test]
async fn a_directory_that_only_root_can_enter_does() {
    let place = Place::new("rootonly");
    fs::set_permissions(&place.0, Permissions::from_mode(0o700)).unwrap();
    let cluster = Cluster::builder(place.cluster()).durable(false).start().await.unwrap();
    execute(&cluster.admin_url(), "create table note (body text); insert into note values ('kept')").await;
    cluster.stop().await.unwrap();
    let runs_as_root = fs::metadata(&place.0).unwrap().uid() == 0;
    assert_eq!(place.cluster().join("cluster").is_symlink(), runs_as_root);
    let cluster = Cluster::builder(place.cluster()).durable(false).start().await.unwrap();
    assert_eq!(text(&cluster.admin_url(), "select body from note").await, "kept");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_template_is_filled_once_and_cloned() {
    let shared = TestCluster::shared().await.unwrap();
    let template = format!("template \"{}\"", std::process::id());
    for _ in 0..2 {
        shared
            .template(&template, async |url| {
                execute(&url, "create table note (body text); insert into note values ('once')").await;
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
    }
    let clone = format!("clone_{}", std::process::id());
    shared.clone_database(&template, &clone).await.unwrap();
    let url = shared.admin_url_in(&clone);
    assert_eq!(text(&url, "select string_agg(body, ',') from note").await, "once");

    let again = shared.clone_database(&template, &clone).await.unwrap_err();
    assert!(again.to_string().contains("already exists"), "{again}");
    shared.drop_database(&clone).await.unwrap();
    shared.drop_database(&clone).await.unwrap();
    shared.drop_database(&template).await.unwrap();
}

#[test]
fn a_signal_to_a_process_that_has_ended_is_no_error() {
    let mut child = Command::new("true").spawn().unwrap();
    child.wait().unwrap();
    Signal::Terminate.send(child.id()).unwrap();
}
