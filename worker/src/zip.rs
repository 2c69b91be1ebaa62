//! A zip file, written as it goes out: entries one after the other, stored as they are, and the directory of them at the end.
//!
//! Not here: compressing; what is packed is text on its way to a disk, and the connection may compress it. Invariant: without its
//! directory no program takes it for whole, so one that broke off never looks complete.

/// Says that an entry's sizes follow it.
const SIZES_FOLLOW: u16 = 1 << 3;
/// The first day that the format knows, 1980-01-01: nobody asks an export when it was packed.
const FIRST_DAY: u16 = 0x21;
/// What reading it takes: version 2.0, the one that knows sizes that follow.
const VERSION: u16 = 20;

/// A zip file that is being written.
#[derive(Debug, Default)]
pub struct Zip {
    /// Bytes that went out.
    length: u32,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    begins: u32,
    size: u32,
    checksum: u32,
}

impl Zip {
    /// Begins an entry. `name` is ASCII.
    pub fn begin(&mut self, name: String) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        let entry = Entry { name, begins: self.length, size: 0, checksum: 0 };
        put(&mut bytes, &[VERSION, SIZES_FOLLOW, 0, 0, FIRST_DAY]);
        entry.put_sizes(&mut bytes, Sizes::Unknown);
        put(&mut bytes, &[entry.name_length(), 0]);
        bytes.extend_from_slice(entry.name.as_bytes());
        self.entries.push(entry);
        self.gone(bytes)
    }

    /// Puts more into the entry that was begun last.
    pub fn put(&mut self, data: Vec<u8>) -> Vec<u8> {
        if let Some(entry) = self.entries.last_mut() {
            entry.size = entry.size.saturating_add(length(&data));
            entry.checksum = checksum(entry.checksum, &data);
        }
        self.gone(data)
    }

    /// Ends that entry.
    pub fn end(&mut self) -> Vec<u8> {
        let mut bytes = b"PK\x07\x08".to_vec();
        if let Some(entry) = self.entries.last() {
            entry.put_sizes(&mut bytes, Sizes::Known);
        }
        self.gone(bytes)
    }

    /// The directory: nothing comes behind it.
    pub fn finish(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for entry in &self.entries {
            bytes.extend_from_slice(b"PK\x01\x02");
            put(&mut bytes, &[VERSION, VERSION, SIZES_FOLLOW, 0, 0, FIRST_DAY]);
            entry.put_sizes(&mut bytes, Sizes::Known);
            put(&mut bytes, &[entry.name_length(), 0, 0, 0, 0, 0, 0]);
            bytes.extend_from_slice(&entry.begins.to_le_bytes());
            bytes.extend_from_slice(entry.name.as_bytes());
        }
        let (begins, size) = (self.length, length(&bytes));
        let count = u16::try_from(self.entries.len()).unwrap_or(u16::MAX);
        bytes.extend_from_slice(b"PK\x05\x06");
        put(&mut bytes, &[0, 0, count, count]);
        bytes.extend([size, begins].into_iter().flat_map(u32::to_le_bytes));
        put(&mut bytes, &[0]);
        self.gone(bytes)
    }

    /// How much has gone out, in bytes: beyond 4 GiB the format has no room.
    pub const fn length(&self) -> u32 {
        self.length
    }

    fn gone(&mut self, bytes: Vec<u8>) -> Vec<u8> {
        self.length = self.length.saturating_add(length(&bytes));
        bytes
    }
}

/// Whether an entry is through.
#[derive(Debug, Clone, Copy)]
enum Sizes {
    Unknown,
    Known,
}

impl Entry {
    fn put_sizes(&self, bytes: &mut Vec<u8>, sizes: Sizes) {
        let values = match sizes {
            Sizes::Unknown => [0; 3],
            Sizes::Known => [self.checksum, self.size, self.size],
        };
        bytes.extend(values.into_iter().flat_map(u32::to_le_bytes));
    }

    fn name_length(&self) -> u16 {
        u16::try_from(self.name.len()).unwrap_or(u16::MAX)
    }
}

fn put(bytes: &mut Vec<u8>, values: &[u16]) {
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

/// CRC-32 as zip has it, of what came before and of `data`. Bit by bit: a table would be 1 KiB, and a megabyte takes 10 ms.
fn checksum(before: u32, data: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let mut sum = !before;
    for byte in data {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ POLYNOMIAL } else { sum >> 1 };
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_that_the_format_names() {
        assert_eq!(checksum(0, b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(checksum(0, b"1234"), b"56789"), 0xcbf4_3926);
        assert_eq!(checksum(0, b""), 0);
    }

    #[test]
    fn entries_say_where_they_begin_and_the_directory_where_it_does() {
        let mut zip = Zip::default();
        let mut bytes = zip.begin("a.json".to_owned());
        bytes.extend(zip.put(b"{}".to_vec()));
        bytes.extend(zip.end());
        let second = bytes.len();
        bytes.extend(zip.begin("b".to_owned()));
        bytes.extend(zip.end());
        let directory = bytes.len();
        assert_eq!(usize::try_from(zip.length()), Ok(directory));
        bytes.extend(zip.finish());

        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        let end = bytes.len() - 22;
        assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
        assert_eq!(number(end + 16), u32::try_from(directory).unwrap());
        assert_eq!(number(end + 12), u32::try_from(end - directory).unwrap());
        assert_eq!(number(directory + 42), 0, "the first entry");
        assert_eq!(number(directory + 46 + 6 + 42), u32::try_from(second).unwrap(), "the second one");
        assert_eq!(&bytes[second..second + 4], b"PK\x03\x04");
    }
}
