//! How does a change reach the disk twice, in the journal and in the database, without the two ever parting?
//!
//! The journal first, then the commit. What fails on the way may be durable all the same, so nothing is tried again on the same
//! handles: both are dropped, taken anew, and brought level with each other (`catch_up`). Only then is the change tried once
//! more, and finds by its ids whether it is there already.

use assay_model::{Code, Fault};
use rusqlite::{Transaction, TransactionBehavior};

use crate::catch_up::{self, JournalEnd};
use crate::faults::Doing;
use crate::journal::Frame;
use crate::{Ledger, ballast};

/// Where a save stopped.
enum Stopped {
    /// Before anything reached the journal: there is nothing that could be durable.
    Before(Fault),
    /// With the journal or the database in doubt.
    InDoubt(Fault),
}

impl Ledger {
    /// Saves what `work` writes in one transaction, and the frame that says it again; durable when it returns.
    ///
    /// `work` may run twice, and must find what it did the first time.
    pub(crate) fn save<T>(
        &mut self,
        work: impl Fn(&Transaction<'_>) -> Result<(T, Option<Frame>), Fault>,
    ) -> Result<T, Fault> {
        self.may_write()?;
        self.settle()?;
        let fault = match self.try_to_save(&work) {
            Ok(done) => return Ok(self.saved(done)),
            Err(Stopped::Before(fault)) if !is_of_the_disk(&fault) => return Err(fault),
            Err(Stopped::Before(fault) | Stopped::InDoubt(fault)) => fault,
        };
        if fault.code == Code::DiskFull && self.durable.is_some() {
            ballast::give_up(self.folder());
        }
        self.doubt();
        if self.durable.is_none() || self.settle().is_err() {
            return Err(fault);
        }
        match self.try_to_save(&work) {
            Ok(done) => Ok(self.saved(done)),
            Err(Stopped::Before(fault)) => Err(fault),
            Err(Stopped::InDoubt(fault)) => {
                self.doubt();
                Err(fault)
            }
        }
    }

    fn try_to_save<T>(
        &mut self,
        work: &impl Fn(&Transaction<'_>) -> Result<(T, Option<Frame>), Fault>,
    ) -> Result<T, Stopped> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing("starting to record")
            .map_err(Stopped::Before)?;
        let (done, frame) = work(&transaction).map_err(Stopped::Before)?;
        if let (Some(durable), Some(frame)) = (&mut self.durable, &frame) {
            durable.journal.append(frame).map_err(Stopped::InDoubt)?;
        }
        transaction
            .commit()
            .doing("recording")
            .map_err(Stopped::InDoubt)?;
        Ok(done)
    }

    fn saved<T>(&mut self, done: T) -> T {
        self.keep_up();
        done
    }

    fn doubt(&mut self) {
        if let Some(durable) = &mut self.durable {
            durable.in_doubt = true;
        }
    }

    /// After a save that stopped in doubt, nothing else is written before the journal and the database say the same again.
    fn settle(&mut self) -> Result<(), Fault> {
        if !self.durable.as_ref().is_some_and(|durable| durable.in_doubt) {
            return Ok(());
        }
        self.reconnect()?;
        let folder = self.folder().to_owned();
        let (journal, _) = catch_up::level(&mut self.connection, &folder, JournalEnd::InDoubt)?;
        if let Some(durable) = &mut self.durable {
            durable.journal = journal;
            durable.in_doubt = false;
        }
        Ok(())
    }
}

fn is_of_the_disk(fault: &Fault) -> bool {
    matches!(fault.code, Code::DiskFull | Code::NotSaved)
}
