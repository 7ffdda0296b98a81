//! Does the card still say what was signed?

use assay_card::sign_off::{self, CardChange};
use assay_ledger::SignOff;
use assay_model::Fault;
use assay_review::{Ledger, sign_offs};

use super::parsed;
use super::seal::CARD_FILE;

/// A sign-off that stands, and what has changed since.
#[derive(Clone, Debug)]
pub struct SignedState {
    pub sign_off: SignOff,
    /// Empty where the card says what was signed.
    pub changes: Vec<CardChange>,
}

/// The dataset's standing sign-off against the card as it is now.
pub fn state(ledger: &Ledger, dataset: &str, card: &str) -> Result<Option<SignedState>, Fault> {
    let Some(sign_off) = sign_offs::standing(ledger, dataset)? else {
        return Ok(None);
    };
    let signed = ledger.signed_file(sign_off.id, CARD_FILE)?;
    let signed =
        signed.ok_or_else(|| Fault::internal("comparing a card", "the signed figures were not kept"))?;
    let signed = serde_json::from_slice(&signed)
        .map_err(|error| Fault::internal("reading the signed figures", error))?;
    Ok(Some(SignedState {
        changes: sign_off::changes_since(&signed, &parsed(card)?),
        sign_off,
    }))
}
