//! What the built-in faces say of themselves, so that none is read before it is needed.

use super::describe::Description;

/// File name, family, weight, whether italic.
const FACES: &[(&str, &str, u16, bool)] = &[
    ("LiberationMono-Bold.ttf", "Liberation Mono", 700, false),
    ("LiberationMono-BoldItalic.ttf", "Liberation Mono", 700, true),
    ("LiberationMono-Italic.ttf", "Liberation Mono", 400, true),
    ("LiberationMono-Regular.ttf", "Liberation Mono", 400, false),
    ("LiberationSans-Bold.ttf", "Liberation Sans", 700, false),
    ("LiberationSans-BoldItalic.ttf", "Liberation Sans", 700, true),
    ("LiberationSans-Italic.ttf", "Liberation Sans", 400, true),
    ("LiberationSans-Regular.ttf", "Liberation Sans", 400, false),
    ("LiberationSerif-Bold.ttf", "Liberation Serif", 700, false),
    ("LiberationSerif-BoldItalic.ttf", "Liberation Serif", 700, true),
    ("LiberationSerif-Italic.ttf", "Liberation Serif", 400, true),
    ("LiberationSerif-Regular.ttf", "Liberation Serif", 400, false),
    ("NotoNaskhArabic-Bold.ttf", "Noto Naskh Arabic", 700, false),
    ("NotoNaskhArabic-Regular.ttf", "Noto Naskh Arabic", 400, false),
    ("NotoSansHebrew-Bold.ttf", "Noto Sans Hebrew", 700, false),
    ("NotoSansHebrew-Regular.ttf", "Noto Sans Hebrew", 400, false),
    ("SourceSans3-Bold.ttf", "Source Sans 3", 700, false),
    ("SourceSans3-BoldIt.ttf", "Source Sans 3", 700, true),
    ("SourceSans3-It.ttf", "Source Sans 3", 400, true),
    ("SourceSans3-Regular.ttf", "Source Sans 3", 400, false),
    ("SourceSans3-Semibold.ttf", "Source Sans 3", 600, false),
    ("SourceSans3-SemiboldIt.ttf", "Source Sans 3", 600, true),
    ("SourceSerif4-Bold.ttf", "Source Serif 4", 700, false),
    ("SourceSerif4-BoldIt.ttf", "Source Serif 4", 700, true),
    ("SourceSerif4-It.ttf", "Source Serif 4", 400, true),
    ("SourceSerif4-Regular.ttf", "Source Serif 4", 400, false),
    ("SourceSerif4-Semibold.ttf", "Source Serif 4", 600, false),
    ("SourceSerif4-SemiboldIt.ttf", "Source Serif 4", 600, true),
    ("SourceSerif4Display-Regular.ttf", "Source Serif 4 Display", 400, false),
    ("SourceSerif4Display-Semibold.ttf", "Source Serif 4 Display", 600, false),
];

/// The description of the built-in file at `path`; `None` sends the caller to the file's tables.
pub(super) fn description(path: &str) -> Option<Description> {
    let file = path.rsplit('/').next()?;
    let (_, family, weight, italic) = FACES.iter().find(|(name, ..)| *name == file)?;
    Some(Description {
        family: (*family).to_owned(),
        weight: (*weight, *weight),
        upright: !italic,
        italic: *italic,
        stretch: (1.0, 1.0),
        variable: false,
    })
}

#[cfg(test)]
mod tests {
    use crate::assets::BUILTIN;
    use crate::fonts::face::{Face, FaceBytes};

    #[test]
    fn table_says_what_the_files_say() {
        let fonts = BUILTIN.iter().filter(|(path, _)| path.ends_with(".ttf"));
        for (path, bytes) in fonts {
            let face = Face::new((*path).to_owned(), FaceBytes::Static(bytes), 0);
            assert_eq!(super::description(path), face.description(), "{path}");
        }
    }
}
