//! How these tests look at a server: a scrape of `/metrics` as numbers, and its log.

use e2e::{
    Server,
    http::Ask,
    patience::within,
    server::{Build, Limits, Variable},
};

pub const TOKEN: &str = "a-token-for-whoever-scrapes";

/// A server that may be scraped, with further variables.
pub fn server(limits: Limits, build: Build, variables: Vec<Variable>) -> Server {
    let token = [("METRICS_TOKEN", TOKEN.to_owned())];
    Server::start_with(limits, build, token.into_iter().chain(variables).collect())
}

/// The log, once it is so: a line reaches the file a moment after what it tells of.
pub async fn log_when(server: &Server, so: impl Fn(&str) -> bool) -> String {
    let waiting = async {
        loop {
            let log = server.log();
            if so(&log) {
                return log;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    within("the lines in the log", waiting).await
}

/// What a scrape says.
#[derive(Debug)]
pub struct Scrape(String);

impl Scrape {
    /// Scrapes.
    pub async fn of(server: &Server) -> Self {
        let answer = Ask::get(server, "/metrics").bearer(TOKEN).answer().await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
        Self(answer.text())
    }

    /// The value of one series, written as the text writes it; 0 where it is not there.
    pub fn value(&self, series: &str) -> f64 {
        let line = self.0.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
        line.map_or(0.0, |value| value.parse().unwrap_or_else(|_| panic!("{series} is {value}")))
    }

    /// The sum over all series of a family whose labels have all of these.
    pub fn sum(&self, family: &str, labels: &[&str]) -> f64 {
        let of_family = self.0.lines().filter(|line| line.starts_with(&format!("{family}{{")));
        let these = of_family.filter(|line| labels.iter().all(|label| line.contains(label)));
        these.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    }

    pub fn text(&self) -> &str {
        &self.0
    }
}
