//! What outlives the page: commands that are not settled, and how far the reader had got. In IndexedDB, as JSON text.
//!
//! Invariant: a command that `keep` returned `Ok` for is on disk: its transaction is complete, not merely asked for.

pub use client::saved::Owner;
use client::saved::{SavedCommand, SavedPlace};
use js_sys::{Array, Reflect};
use protocol::{Command, CommandId, read_by_fields};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransaction, IdbTransactionMode};

use crate::{
    database::{self, answer, commit},
    words,
};

/// The version of the rows; a change of their shape is a new one, with the way from the old.
const VERSION: u32 = 1;
const OUTBOX: &str = "outbox";
const PLACES: &str = "places";

/// The disk does not do what was asked: a private window, a full disk, a person's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError(String);

/// A row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Kept {
    owner: Owner,
    saved: SavedCommand,
}

read_by_fields!(Kept { owner, saved });

/// What the outbox holds beside a tab's own commands.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct OfOthers {
    /// What tabs that are gone left: this tab's from now on.
    pub left: Vec<SavedCommand>,
    /// What tabs that live have yet to send for the same member, each with the tab's name.
    pub sending: Vec<(String, SavedCommand)>,
}

/// The database.
pub struct Store {
    database: IdbDatabase,
}

impl Store {
    /// Opens it, and makes it where there was none.
    ///
    /// # Errors
    /// When the browser gives this page no database.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        Ok(Self { database: database::open(name, VERSION, &[OUTBOX, PLACES]).await? })
    }

    /// Puts a command on disk, or its newer state.
    ///
    /// # Errors
    /// When it is not on disk.
    pub async fn keep(&self, owner: &Owner, saved: SavedCommand) -> Result<(), StoreError> {
        let key = saved.id.to_string();
        let row = Kept { owner: owner.clone(), saved };
        self.put(OUTBOX, &key, &row).await
    }

    /// All commands that are on disk, whosever they are.
    ///
    /// # Errors
    /// When the disk cannot be read.
    pub async fn kept(&self) -> Result<Vec<(Owner, SavedCommand)>, StoreError> {
        let (_, outbox) = self.turn(OUTBOX, IdbTransactionMode::Readonly)?;
        let rows = Array::from(&answer(&outbox.get_all()?).await?);
        Ok(rows.iter().filter_map(|row| read::<Kept>(&row)).map(|row| (row.owner, row.saved)).collect())
    }

    /// Takes a settled command from the disk.
    ///
    /// # Errors
    /// When it is still there; it will be sent again some day, which has no effect.
    pub async fn forget(&self, id: &CommandId) -> Result<(), StoreError> {
        let (turn, outbox) = self.turn(OUTBOX, IdbTransactionMode::Readwrite)?;
        outbox.delete(&id.as_str().into())?;
        Ok(commit(&turn).await?)
    }

    /// Puts the reader's place on disk.
    ///
    /// # Errors
    /// When it is not there; the next start then asks the room for more.
    pub async fn keep_place(&self, owner: &Owner, place: &SavedPlace) -> Result<(), StoreError> {
        self.put(PLACES, &place_key(owner), place).await
    }

    /// The reader's place, if one was kept that this version can read.
    ///
    /// # Errors
    /// When the disk cannot be read.
    pub async fn place(&self, owner: &Owner) -> Result<Option<SavedPlace>, StoreError> {
        let (_, places) = self.turn(PLACES, IdbTransactionMode::Readonly)?;
        let found = answer(&places.get(&place_key(owner).into())?).await?;
        Ok(read(&found))
    }

    /// Makes the commands of tabs that are gone this tab's, and gives them, beside those of tabs that live. One transaction: of two
    /// tabs that look together, only one gets them.
    ///
    /// # Errors
    /// When the disk cannot be read or written; then nothing has changed hands.
    pub async fn adopt(&self, owner: &Owner, living: &[String]) -> Result<OfOthers, StoreError> {
        let (turn, outbox) = self.turn(OUTBOX, IdbTransactionMode::Readwrite)?;
        let rows = Array::from(&answer(&outbox.get_all()?).await?);
        let mut found = OfOthers::default();
        let others = rows
            .iter()
            .filter_map(|row| read::<Kept>(&row))
            .filter(|row| row.owner.room == owner.room && row.owner.tab != owner.tab);
        for row in others {
            if living.contains(&row.owner.tab) {
                if row.owner.member == owner.member && row.saved.failed.is_none() {
                    found.sending.push((row.owner.tab, row.saved));
                }
            } else if let Some(saved) = inherit(row, owner) {
                write(&outbox, saved.id.as_str(), &Kept { owner: owner.clone(), saved: saved.clone() })?;
                found.left.push(saved);
            }
        }
        commit(&turn).await?;
        Ok(found)
    }

    async fn put<T: Serialize>(&self, store: &str, key: &str, row: &T) -> Result<(), StoreError> {
        let (turn, rows) = self.turn(store, IdbTransactionMode::Readwrite)?;
        write(&rows, key, row)?;
        Ok(commit(&turn).await?)
    }

    /// A transaction on one of the stores.
    fn turn(
        &self,
        store: &str,
        mode: IdbTransactionMode,
    ) -> Result<(IdbTransaction, IdbObjectStore), StoreError> {
        let turn = self.database.transaction_with_str_and_mode(store, mode)?;
        let rows = turn.object_store(store)?;
        Ok((turn, rows))
    }
}

/// A command under a new owner. Another member's message is not sent under this one's name unless they say so; what else that
/// member wanted to change is not this one's to change.
fn inherit(row: Kept, owner: &Owner) -> Option<SavedCommand> {
    let mut saved = row.saved;
    if row.owner.member != owner.member {
        if !matches!(saved.command, Command::Send(_)) {
            return None;
        }
        saved.failed = Some(words::another_name().to_owned());
        saved.code = None;
    }
    Some(saved)
}

fn place_key(owner: &Owner) -> String {
    format!("{}/{}", owner.member, owner.room)
}

fn read<T: DeserializeOwned>(text: &JsValue) -> Option<T> {
    protocol::decode(&text.as_string()?).ok()
}

fn write<T: Serialize>(store: &IdbObjectStore, key: &str, row: &T) -> Result<(), StoreError> {
    let text = serde_json::to_string(row).map_err(|error| StoreError(error.to_string()))?;
    // Its success is the transaction's: see `commit`.
    store.put_with_key(&text.into(), &key.into())?;
    Ok(())
}

impl From<JsValue> for StoreError {
    fn from(thrown: JsValue) -> Self {
        let message = Reflect::get(&thrown, &"message".into()).ok().and_then(|message| message.as_string());
        Self(message.unwrap_or_else(|| "it gives no reason".to_owned()))
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "this browser's database: {}", self.0)
    }
}

impl std::error::Error for StoreError {}
