//! Fan-out: so many messages a second to so many sockets; is every delivery there, and how long did it take?

use std::{cell::RefCell, fmt, rc::Rc, time::Duration};

use protocol::{ClientFrame, CommandId, Draft, encode};
use tokio::{
    sync::mpsc,
    task::LocalSet,
    time::{Instant, MissedTickBehavior, interval, timeout},
};

use crate::{
    args::Load,
    budget::Figures,
    cpu,
    reader::{Reader, Tally, welcome},
    stage::Stage,
};

/// Sockets that write; all read.
const WRITERS: u32 = 10;
/// How long after the last message a delivery may still come. What falls behind further is counted as missing.
const TAIL: Duration = Duration::from_secs(60);

/// What came of it.
pub struct Outcome {
    name: &'static str,
    load: Load,
    sent: u64,
    expected: u64,
    tally: Tally,
    sending: Duration,
    took: Duration,
    server_cpu: Option<Duration>,
    own_cpu: Option<Duration>,
}

/// Puts the load on a stage.
pub async fn run(stage: &Stage, load: &Load) -> Outcome {
    LocalSet::new().run_until(under_load(stage, load)).await
}

async fn under_load(stage: &Stage, load: &Load) -> Outcome {
    let tally = Rc::new(RefCell::new(Tally::new(load.seconds)));
    let mut streams = Vec::new();
    for number in 0..load.sockets {
        let mut stream = stage.open(number as usize).await;
        welcome(&mut stream).await;
        streams.push(stream);
    }
    let started = Instant::now();
    let (server_cpu, own_cpu) = (stage.workerd().and_then(cpu::used), cpu::used(std::process::id()));
    let mut texts = Vec::new();
    for stream in streams {
        let (sender, receiver) = mpsc::unbounded_channel();
        tokio::task::spawn_local(Reader::new(stream, started, Rc::clone(&tally)).run(receiver));
        texts.push(sender);
    }

    let writers = texts.get(..WRITERS.min(load.sockets) as usize).unwrap_or_default();
    let sent = write(writers, load, started).await;
    let sending = started.elapsed();
    let expected = sent * u64::from(load.sockets);
    let all = wait_for_all(&tally, expected);
    // What is missing then is missing in the figures.
    drop(timeout(TAIL, all).await);

    let since =
        |before: Option<Duration>, pid: Option<u32>| Some(pid.and_then(cpu::used)?.saturating_sub(before?));
    let server_cpu = since(server_cpu, stage.workerd());
    let own_cpu = since(own_cpu, Some(std::process::id()));
    drop(texts);
    let tally = tally.replace(Tally::new(0));
    let took = tally.last_at.map_or(sending, |at| at.duration_since(started));
    Outcome {
        name: stage.name,
        load: load.clone(),
        sent,
        expected,
        tally,
        sending,
        took,
        server_cpu,
        own_cpu,
    }
}

/// Writes at the rate, whatever the server does: a slow answer does not slow the question.
async fn write(writers: &[mpsc::UnboundedSender<String>], load: &Load, started: Instant) -> u64 {
    let total = u64::from(load.rate) * u64::from(load.seconds);
    let mut ticks = interval(Duration::from_secs(1) / load.rate);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for (number, writer) in (0..total).zip(writers.iter().cycle()) {
        ticks.tick().await;
        let id = CommandId::parse(&format!("load-{number}")).expect("a good id");
        let text = started.elapsed().as_micros().to_string();
        let draft = Draft { text, ..Draft::default() };
        // A socket that has ended is counted by its reader.
        drop(writer.send(encode(&ClientFrame::Send { id, draft })));
    }
    total
}

async fn wait_for_all(tally: &RefCell<Tally>, expected: u64) {
    let mut looks = interval(Duration::from_millis(20));
    while tally.borrow().latency.count() < expected && tally.borrow().ended == 0 {
        looks.tick().await;
    }
}

impl Outcome {
    /// What a budget looks at.
    pub fn figures(&self) -> Figures {
        let delivered = self.tally.latency.count();
        let each = |used: Duration| used.as_secs_f64() * 1e6 / delivered.max(1) as f64;
        Figures {
            sent: self.sent,
            acked: self.tally.acked,
            rejected: self.tally.rejected,
            expected: self.expected,
            delivered,
            out_of_order: self.tally.out_of_order,
            lost: self.tally.ended,
            cpu_us: self.server_cpu.map(each),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Load { sockets, rate, seconds } = self.load;
        let latency = &self.tally.latency;
        let ms = |duration: Duration| format!("{:.1} ms", duration.as_secs_f64() * 1_000.0);
        let cpu = |used: Option<Duration>| match used {
            Some(used) => {
                let each = used.as_secs_f64() * 1e6 / latency.count().max(1) as f64;
                format!("{:.2} s, {each:.2} µs a delivery", used.as_secs_f64())
            }
            None => "unknown".to_owned(),
        };
        writeln!(f, "{}: {sockets} sockets, {rate} messages a second for {seconds} s", self.name)?;
        writeln!(f, "  sent                {} in {:.2} s", self.sent, self.sending.as_secs_f64())?;
        writeln!(f, "  acked, rejected     {}, {}", self.tally.acked, self.tally.rejected)?;
        writeln!(f, "  delivered           {} of {}", latency.count(), self.expected)?;
        writeln!(f, "  out of order        {}", self.tally.out_of_order)?;
        writeln!(f, "  sockets lost        {}", self.tally.ended)?;
        writeln!(f, "  latency p50, p99    {}, {}", ms(latency.percentile(50)), ms(latency.percentile(99)))?;
        let by_second: Vec<_> = self.tally.by_second.iter().map(|second| ms(second.percentile(99))).collect();
        writeln!(f, "  p99 by second sent  {}", by_second.join(", "))?;
        writeln!(f, "  longest             {}", ms(latency.longest()))?;
        writeln!(f, "  last delivery after {:.2} s", self.took.as_secs_f64())?;
        writeln!(f, "  CPU of the server   {}", cpu(self.server_cpu))?;
        write!(f, "  CPU of the load     {}", cpu(self.own_cpu))
    }
}
