//! The table of sheets.

use std::fmt::Write;

use super::*;

#[test]
fn sheets_stand_on_a4() {
    for sheet in SHEETS {
        assert!(sheet.left >= 0.0 && sheet.top >= 0.0, "{}", sheet.name);
        assert!(sheet.right() >= -1e-9, "{}: right {}", sheet.name, sheet.right());
        assert!(sheet.bottom() >= -1e-9, "{}: bottom {}", sheet.name, sheet.bottom());
        let width = sheet.left + across(sheet.columns, sheet.width, sheet.gap_x) + sheet.right();
        let height = sheet.top + across(sheet.rows, sheet.height, sheet.gap_y) + sheet.bottom();
        assert!((width - A4.0).abs() < 1e-9 && (height - A4.1).abs() < 1e-9, "{}", sheet.name);
    }
}

#[test]
fn names_and_products_are_unlike() {
    let mut names: Vec<&str> = SHEETS
        .iter()
        .flat_map(|sheet| sheet.products.iter().chain([&sheet.name]))
        .copied()
        .collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    assert!(names.contains(&DEFAULT));
}

#[test]
fn lengths_have_no_decimals_that_are_not_needed() {
    assert_eq!(millimetres(13.5).to_string(), "13.5");
    assert_eq!(millimetres(90.0).to_string(), "90");
    assert_eq!(millimetres(7.25 + 1e-12).to_string(), "7.25");
}

#[test]
fn list_of_sheets_is_current() {
    let mut page = String::from(
        "# Sheets\n\nHow cards stand on a sheet of A4 (210 × 297 mm). A template asks for a sheet by name, or by a product\n\
         number, with `(sheet options.sheet)`, and papers of cards by the option `sheet` in `dossier.yaml`.\n\
         Names are not minded for capitals. The cards of a sheet lie in its middle. \"Cut\" sheets get crop marks;\n\
         \"labels\" are sold cut. Print at 100 %, never \"fit to page\".\n\n\
         This page is made from the program's table (`DOSSIER_REFRESH=1 cargo test --lib sheets`); do not edit it.\n\n\
         | name | product | card, mm | columns × rows | left, top, mm | gaps, mm | |\n|---|---|---|---|---|---|---|\n",
    );
    for sheet in SHEETS {
        let [width, height, left, top, gap_x, gap_y] =
            [sheet.width, sheet.height, sheet.left, sheet.top, sheet.gap_x, sheet.gap_y]
                .map(millimetres);
        writeln!(
            page,
            "| `{}` | {} | {width} × {height} | {} × {} = {} | {left}, {top} | {gap_x}, {gap_y} | {} |",
            sheet.name,
            sheet.products.join(", "),
            sheet.columns,
            sheet.rows,
            sheet.columns * sheet.rows,
            if sheet.precut { "labels" } else { "cut" },
        )
        .unwrap();
    }
    page.push_str(
        "\nA sheet that is not here is given by its measures, in millimetres:\n\n\
         ```yaml\noptions:\n  sheet: {columns: 2, rows: 5, width: 86, height: 54, gap-x: 10, gap-y: 0}\n```\n\n\
         `left` and `top` may be given too; without them the cards lie in the middle. `precut: true` leaves the\n\
         crop marks out. Cards that would stand past the edge of A4 are an error.\n",
    );
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sheets.md");
    if std::env::var_os("DOSSIER_REFRESH").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let told = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(told, page, "DOSSIER_REFRESH=1 cargo test --lib sheets writes it anew");
}
