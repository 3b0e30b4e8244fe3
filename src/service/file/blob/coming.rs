//! Uploads that come in parts, for those that bring parts and for whoever ends one: pieces are kept side by side, and none is while a file is
//! made of them or after that. One server has a database, so that all of them meet here.

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
};

use parking_lot::Mutex;
use tokio::sync::RwLock;

use crate::domain::id::UploadId;

/// Whether an upload has ended. Whoever keeps a piece reads it meanwhile; whoever makes a file of them writes it.
pub type Ended = Arc<RwLock<bool>>;

/// The uploads that somebody brings a part of, or ends, at this moment.
#[derive(Default)]
pub struct Coming(Mutex<HashMap<UploadId, Weak<RwLock<bool>>>>);

impl Coming {
    /// Whether this one has ended. It is asked for before the upload is read, so that no end comes in between.
    pub fn of(&self, id: UploadId) -> Ended {
        let mut all = self.0.lock();
        if let Some(known) = all.get(&id).and_then(Weak::upgrade) {
            return known;
        }
        all.retain(|_, known| known.strong_count() > 0);
        let ended = Ended::default();
        all.insert(id, Arc::downgrade(&ended));
        ended
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn those_of_one_upload_meet_and_nothing_is_kept_of_those_that_are_gone() {
        let (coming, id) = (Coming::default(), |n| UploadId::from_uuid(Uuid::from_u128(n)));
        let one = coming.of(id(1));
        assert!(Arc::ptr_eq(&one, &coming.of(id(1))) && !Arc::ptr_eq(&one, &coming.of(id(2))));
        drop(one);
        let _third = coming.of(id(3));
        assert_eq!(coming.0.lock().len(), 1);
    }
}
