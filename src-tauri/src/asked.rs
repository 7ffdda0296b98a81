//! What the window asks with a command. A request that is none is a fault like any other: with a code and what to do.

use assay_model::fault::excerpt;
use assay_model::{Code, Fault};
use serde::de::DeserializeOwned;
use tauri::Runtime;
use tauri::ipc::{CommandArg, CommandItem, InvokeError};

/// Characters of a reason that are told: it may quote what was sent, and that may be long.
const REASON: usize = 300;

/// A command's request.
pub struct Asked<T>(pub T);

impl<'de, T: DeserializeOwned, R: Runtime> CommandArg<'de, R> for Asked<T> {
    fn from_command(command: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        let name = command.name;
        T::deserialize(command)
            .map(Self)
            .map_err(|error| InvokeError::from(not_a_request(name, &error)))
    }
}

fn not_a_request(command: &str, error: &serde_json::Error) -> Fault {
    Fault::new(
        Code::Usage,
        format!(
            "{command} was asked for something that it does not know: {}",
            excerpt(error.to_string().as_bytes(), REASON)
        ),
        "open the window again; if it comes back, please report this",
    )
}

#[cfg(test)]
mod tests {
    use assay_workbench::wire::JobRequest;

    use super::*;

    #[test]
    fn a_request_that_is_none_is_told_with_a_code_and_a_remedy_and_never_at_length() {
        let sent = serde_json::json!({ "id": "x".repeat(1_000_000) });
        let error = serde_json::from_value::<JobRequest>(sent).err().unwrap();
        let fault = not_a_request("job_cancel", &error);
        assert_eq!(fault.code, Code::Usage);
        assert!(fault.message.starts_with("job_cancel was asked") && !fault.remedy.is_empty());
        assert!(fault.message.len() < 500, "{}", fault.message.len());
    }
}
