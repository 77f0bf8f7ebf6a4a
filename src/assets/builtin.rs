//! The files compiled into the binary, by their path below `templates/`.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/", $path)))),*]
    };
}

/// Path and bytes of each file.
pub const BUILTIN: &[(&str, &[u8])] = files![
    "fonts/liberation/LiberationMono-Bold.ttf",
    "fonts/liberation/LiberationMono-BoldItalic.ttf",
    "fonts/liberation/LiberationMono-Italic.ttf",
    "fonts/liberation/LiberationMono-Regular.ttf",
    "fonts/liberation/LiberationSans-Bold.ttf",
    "fonts/liberation/LiberationSans-BoldItalic.ttf",
    "fonts/liberation/LiberationSans-Italic.ttf",
    "fonts/liberation/LiberationSans-Regular.ttf",
    "fonts/liberation/LiberationSerif-Bold.ttf",
    "fonts/liberation/LiberationSerif-BoldItalic.ttf",
    "fonts/liberation/LiberationSerif-Italic.ttf",
    "fonts/liberation/LiberationSerif-Regular.ttf",
    "fonts/noto/NotoNaskhArabic-Bold.ttf",
    "fonts/noto/NotoNaskhArabic-Regular.ttf",
    "fonts/noto/NotoSansHebrew-Bold.ttf",
    "fonts/noto/NotoSansHebrew-Regular.ttf",
    "fonts/source-sans-3/SourceSans3-Bold.ttf",
    "fonts/source-sans-3/SourceSans3-BoldIt.ttf",
    "fonts/source-sans-3/SourceSans3-It.ttf",
    "fonts/source-sans-3/SourceSans3-Regular.ttf",
    "fonts/source-sans-3/SourceSans3-Semibold.ttf",
    "fonts/source-sans-3/SourceSans3-SemiboldIt.ttf",
    "fonts/source-serif-4/SourceSerif4-Bold.ttf",
    "fonts/source-serif-4/SourceSerif4-BoldIt.ttf",
    "fonts/source-serif-4/SourceSerif4-It.ttf",
    "fonts/source-serif-4/SourceSerif4-Regular.ttf",
    "fonts/source-serif-4/SourceSerif4-Semibold.ttf",
    "fonts/source-serif-4/SourceSerif4-SemiboldIt.ttf",
    "fonts/source-serif-4/SourceSerif4Display-Regular.ttf",
    "fonts/source-serif-4/SourceSerif4Display-Semibold.ttf",
    "locales/en.yaml",
    "locales/nb.yaml",
];
