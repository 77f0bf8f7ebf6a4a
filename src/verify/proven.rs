//! What the papers of a run have in common, and was found sound in an earlier one.

use std::sync::Arc;

use super::fonts;
use super::syntax::common::Common;

/// What was found sound in earlier papers of a run; shared by all threads.
#[derive(Debug, Default)]
pub struct Proven {
    /// Fonts.
    pub(super) fonts: fonts::Proven,
    /// Object streams.
    pub(super) streams: Arc<Common>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::level::{Level, Levels};
    use crate::verify::{verify, verify_another};

    /// A file with an object stream, in which this stands.
    fn file(packed: &str) -> Vec<u8> {
        let held = format!("5 0 {packed}");
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut rows = vec![0_u8; 4];
        let stream = format!(
            "<</Type/ObjStm/N 1/First 4/Length {}>>\nstream\n{held}\nendstream",
            held.len()
        );
        let bodies = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>", &stream];
        for (number, body) in (1..).zip(bodies) {
            rows.extend([1, (file.len() >> 8) as u8, file.len() as u8, 0]);
            file.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
        }
        let start = file.len();
        rows.extend([1, (start >> 8) as u8, start as u8, 0, 2, 0, 3, 0]);
        let dict = "<</Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Length 24>>";
        file.extend(format!("4 0 obj\n{dict}\nstream\n").bytes());
        file.extend(rows);
        file.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
        file
    }

    #[test]
    fn same_is_found_in_each_of_many_papers() {
        let level: Levels = [Level::A2b].into_iter().collect();
        let proven = Proven::default();
        let told = |report: Result<crate::verify::Report, _>| format!("{:?}", report.unwrap());
        let mut alike = 0;
        for packed in ["<</A(text)>>", "<</A<4>>>", "<</AF[]/EF<<>>>>"] {
            let alone = told(verify(file(packed), level));
            alike += usize::from(alone.contains("6.1.6-1"));
            for _ in 0..4 {
                assert_eq!(told(verify_another(file(packed), level, &proven)), alone);
            }
        }
        assert_eq!(alike, 1);
    }

    #[test]
    fn stream_that_is_met_again_is_kept() {
        let streams = Common::default();
        let bytes = file("<</A(text)>>");
        let read = || {
            let document = crate::verify::document::Document::open(Arc::new(bytes.clone())).ok()?;
            let plain = document.plain()?;
            streams.read(&document, 3, plain.object(&document, 3)?)
        };
        let [first, second, third, fourth] = [read(), read(), read(), read()].map(Option::unwrap);
        assert!(!Arc::ptr_eq(&first, &second));
        assert!(Arc::ptr_eq(&second, &third) && Arc::ptr_eq(&third, &fourth));
    }
}
