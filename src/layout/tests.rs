//! Whole documents through layout.

use super::dump::{findings, lay_out_text, pages, structure};
use super::*;

const A6: &str = "<style>@page { size: 300pt 200pt; margin: 20pt; @bottom-center { content: 'Page ' counter(page) ' of ' counter(pages) } } body { margin: 0; font: 10pt/12pt 'Liberation Sans' } p { margin: 0 0 6pt; orphans: 2; widows: 2 }</style>";

#[test]
fn document_small_comes_out_with_text_and_tags() {
    let html = format!("<html lang=en><title>T</title>{A6}<body><h1>Head</h1><p>One <a href='#x'>two</a> three</p><ul><li>a<li id=x>b</ul><table><thead><tr><th>H</th></tr></thead><tr><td>c</td></tr></table></body>");
    let (laid, found) = lay_out_text(&html);
    println!("{}{}{}", pages(&laid), structure(&laid), findings(&found));
    assert_eq!(laid.count(), 1);
}
