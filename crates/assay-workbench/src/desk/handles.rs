//! Paths the user picked, behind handles that mean nothing outside this process.

use std::collections::HashMap;
use std::path::PathBuf;

use assay_model::{Code, Fault, fault::one_line};

use crate::wire::Picked;

/// Handles issued in this session.
#[derive(Default)]
pub struct Handles {
    paths: HashMap<String, PathBuf>,
}

impl Handles {
    /// Issues a handle for a path; the same path gets a new one each time.
    pub fn issue(&mut self, path: PathBuf) -> Picked {
        let handle = uuid::Uuid::new_v4().to_string();
        let label = path
            .file_name()
            .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
        let label = one_line(&label);
        self.paths.insert(handle.clone(), path);
        Picked { handle, label }
    }

    /// The path behind a handle that was issued.
    pub fn path(&self, handle: &str) -> Result<PathBuf, Fault> {
        self.paths.get(handle).cloned().ok_or_else(|| {
            Fault::new(
                Code::Usage,
                "this choice is no longer known",
                "choose the folder or file again",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_issued_handles_lead_to_paths() {
        let mut handles = Handles::default();
        let picked = handles.issue(PathBuf::from("/data/cases"));
        assert_eq!(picked.label, "cases");
        assert_eq!(
            handles.path(&picked.handle).unwrap(),
            PathBuf::from("/data/cases")
        );
        assert!(handles.path("/data/cases").is_err());
    }
}
