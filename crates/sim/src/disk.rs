//! The simulated disk: a real SQLite that can refuse to write, refuse to read, and forget what it has not flushed.
//!
//! A turn's transaction is a savepoint; what was written since the last flush is another one around it, so that a crash
//! is one `ROLLBACK TO`. A whole run is one transaction around both: the next run begins with it rolled back, on the same
//! connection and the same prepared statements. The invariant: after a crash exactly what was flushed is there.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use archive::{Row, Sql, SqlError, Value};

/// A handle to the disk; clones share it.
#[derive(Clone)]
pub struct Disk(Rc<Inner>);

struct Inner {
    sql: Box<dyn Sql>,
    /// Whether something was written since the last flush.
    unflushed: Cell<bool>,
    /// How many of the next transactions fail.
    failing_writes: Cell<u32>,
    /// How many of the next readings fail.
    failing_reads: Cell<u32>,
    /// What has failed, for the tally.
    failures: RefCell<Failures>,
}

/// How often the disk has refused since it was asked last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Failures {
    /// Transactions that failed.
    pub writes: u64,
    /// Readings that failed.
    pub reads: u64,
}

impl Disk {
    /// A disk over a SQLite that nobody else uses.
    pub fn new(sql: impl Sql + 'static) -> Self {
        Self(Rc::new(Inner {
            sql: Box::new(sql),
            unflushed: Cell::new(false),
            failing_writes: Cell::new(0),
            failing_reads: Cell::new(0),
            failures: RefCell::default(),
        }))
    }

    /// From here to the next [`Disk::end_run`] everything can be taken back.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn begin_run(&self) -> Result<(), SqlError> {
        self.run("SAVEPOINT run")
    }

    /// Takes the whole run back: the disk is as it was at [`Disk::begin_run`].
    ///
    /// # Errors
    /// What SQLite says.
    pub fn end_run(&self) -> Result<(), SqlError> {
        self.mend();
        self.0.unflushed.set(false);
        self.run("ROLLBACK TO run")?;
        self.run("RELEASE run")
    }

    /// What was written stays, whatever happens.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn flush(&self) -> Result<(), SqlError> {
        if self.0.unflushed.replace(false) { self.run("RELEASE unflushed") } else { Ok(()) }
    }

    /// What was not flushed is gone.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn crash(&self) -> Result<(), SqlError> {
        if self.0.unflushed.replace(false) {
            self.run("ROLLBACK TO unflushed")?;
            self.run("RELEASE unflushed")?;
        }
        Ok(())
    }

    /// Whether a crash would lose something.
    #[must_use]
    pub fn has_unflushed(&self) -> bool {
        self.0.unflushed.get()
    }

    /// The next `times` transactions fail.
    pub fn fail_writes(&self, times: u32) {
        self.0.failing_writes.set(times);
    }

    /// The next `times` readings fail.
    pub fn fail_reads(&self, times: u32) {
        self.0.failing_reads.set(times);
    }

    /// Nothing fails any more.
    pub fn mend(&self) {
        self.fail_writes(0);
        self.fail_reads(0);
    }

    /// What has failed since the last time this was asked.
    #[must_use]
    pub fn take_failures(&self) -> Failures {
        self.0.failures.take()
    }

    fn run(&self, sql: &str) -> Result<(), SqlError> {
        self.0.sql.query(sql, &[]).map(drop)
    }
}

impl Sql for Disk {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, SqlError> {
        if use_up(&self.0.failing_reads) {
            self.0.failures.borrow_mut().reads += 1;
            return Err(SqlError("the disk could not be read".to_owned()));
        }
        self.0.sql.query(sql, params)
    }

    fn transaction(&self, body: &mut dyn FnMut() -> Result<(), SqlError>) -> Result<(), SqlError> {
        // A turn's transaction reads nothing that could fail before it is written.
        let reads = self.0.failing_reads.take();
        let done = self.write(body);
        self.0.failing_reads.set(reads);
        done
    }
}

impl Disk {
    fn write(&self, body: &mut dyn FnMut() -> Result<(), SqlError>) -> Result<(), SqlError> {
        if !self.0.unflushed.replace(true) {
            self.run("SAVEPOINT unflushed")?;
        }
        self.run("SAVEPOINT turn")?;
        // It fails at the commit, after all has been written: that is the harder place.
        let done = body().and_then(|()| self.full());
        if done.is_err() {
            self.run("ROLLBACK TO turn")?;
        }
        self.run("RELEASE turn")?;
        done
    }

    fn full(&self) -> Result<(), SqlError> {
        if !use_up(&self.0.failing_writes) {
            return Ok(());
        }
        self.0.failures.borrow_mut().writes += 1;
        Err(SqlError("the disk is full".to_owned()))
    }
}

fn use_up(times: &Cell<u32>) -> bool {
    let left = times.get();
    times.set(left.saturating_sub(1));
    left > 0
}
