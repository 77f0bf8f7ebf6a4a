//! Tests of dates: every form, what is refused and with what words.

use proptest::prelude::*;

use super::*;

fn day_first(text: &str) -> Result<String, DateError> {
    date(text, DateOrder::DayFirst).map(|date| date.to_string())
}

#[test]
fn every_form_of_date_is_read() {
    let cases = [
        ("2014-03-15", "2014-03-15"),
        ("2014/03/15", "2014-03-15"),
        ("2014-03-15 00:00:00", "2014-03-15"),
        ("2014-03-15T00:00:00", "2014-03-15"),
        ("15/03/2014", "2014-03-15"),
        ("01.04.2016.", "2016-04-01"),
        ("30.06.2017", "2017-06-30"),
        ("1. 4. 2016", "2016-04-01"),
        ("15-03-2014", "2014-03-15"),
        ("14 February", "--02-14"),
        ("14. februar", "--02-14"),
        ("14.02.", "--02-14"),
        ("--02-14", "--02-14"),
        ("29 February", "--02-29"),
        ("14 February 2015", "2015-02-14"),
        ("14th Feb. 2015", "2015-02-14"),
        ("February 14, 2015", "2015-02-14"),
        ("3. mai 2016", "2016-05-03"),
        ("March 2007", "2007-03"),
        ("desember 2007", "2007-12"),
        ("02.2014", "2014-02"),
        ("02/2014", "2014-02"),
        ("2014-02", "2014-02"),
        (" 2007 ", "2007"),
    ];
    for (text, iso) in cases {
        assert_eq!(day_first(text).as_deref(), Ok(iso), "{text:?}");
    }
}

#[test]
fn number_of_a_spreadsheet_is_refused_with_the_day_that_it_means() {
    let help = |text: &str| date(text, DateOrder::DayFirst).unwrap_err().help();
    assert!(help("42296").contains("mean 2015-10-19"), "{}", help("42296"));
    assert!(help("99999").starts_with("write a date as"));
}

#[test]
fn weekday_that_fits_is_read_over() {
    let texts = [
        "Wednesday 4 March 2015",
        "onsdag 4. mars 2015",
        "Wednesday, March 4, 2015",
        "Wed. 4 Mar 2015",
        "ons 04.03.2015",
        "Wednesday\u{A0}2015-03-04",
    ];
    for text in texts {
        assert_eq!(day_first(text).as_deref(), Ok("2015-03-04"), "{text:?}");
    }
    assert_eq!(day_first("laurdag 7. mars 2015").as_deref(), Ok("2015-03-07"));
}

#[test]
fn weekday_that_does_not_fit_is_an_error() {
    let error = day_first("torsdag 4. mars 2015").unwrap_err();
    assert_eq!(error.to_string(), "2015-03-04 is a Wednesday, not a “torsdag”");
    let error = day_first("Wednesday 4 March").unwrap_err();
    assert_eq!(error, DateError::UncheckedWeekday("Wednesday".to_owned()));
    let error = day_first("Wensday 4 March 2015").unwrap_err();
    assert_eq!(error.help(), "did you mean “wednesday”?");
    for text in ["Wednesday", "Wednesday Thursday 5 March 2015", "4 March 2015 Wednesday"] {
        assert!(day_first(text).is_err(), "{text}");
    }
}

#[test]
fn order_decides_between_day_and_month() {
    let month_first = |text| date(text, DateOrder::MonthFirst);
    assert_eq!(month_first("03/04/2014").map(|date| date.to_string()).as_deref(), Ok("2014-03-04"));
    assert_eq!(day_first("03/04/2014").as_deref(), Ok("2014-04-03"));
    let error = month_first("15/03/2014").unwrap_err();
    assert_eq!(error.to_string(), "there is no month 15");
    assert_eq!(
        error.help(),
        "3 was read as the day and 15 as the month, since dates are month-first; `date-order` in dossier.yaml sets this"
    );
}

#[test]
fn dates_that_do_not_exist_are_refused() {
    let error = day_first("31.06.2017").unwrap_err();
    assert_eq!(error.to_string(), "June 2017 has no day 31");
    assert!(
        error
            .help()
            .starts_with("31 was read as the day and 6 as the month, since dates are day-first")
    );
    assert_eq!(
        day_first("2014-13-01").unwrap_err().help(),
        "1 was read as the day and 13 as the month"
    );
    assert!(matches!(day_first("29/02/2015"), Err(DateError::NoSuchDay { .. })));
    assert!(matches!(day_first("30 February"), Err(DateError::NoSuchDay { .. })));
    assert!(matches!(day_first("13.2014"), Err(DateError::NoSuchMonth { .. })));
}

#[test]
fn two_digit_years_and_other_texts_are_refused() {
    for text in ["15/03/14", "15.03.14", "14 February 15"] {
        assert!(matches!(day_first(text), Err(DateError::TwoDigitYear(_))), "{text}");
    }
    for text in [
        "",
        "soon",
        "15 03 2014",
        "15/03-2014",
        "2014-03-15T10:00",
        "0014",
        "20140315",
        "14",
        "1/2",
        "1/2/3/4",
        "end of 2016",
        "12-2014-1",
    ] {
        assert!(
            matches!(day_first(text), Err(DateError::NotADate(_) | DateError::UnknownMonth(..))),
            "{text}"
        );
    }
    let error = day_first("14 Febuary 2015").unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.help().as_str()),
        ("“Febuary” is not the name of a month", "did you mean “February”?")
    );
}

#[test]
fn partial_dates_are_before_only_when_that_is_certain() {
    let before = |one: &str, other: &str| {
        let date = |text| date(text, DateOrder::DayFirst).expect("a date");
        date(one).is_certainly_before(&date(other))
    };
    assert!(before("2014", "2015-01-01"));
    assert!(before("2014-03", "2014-04-01"));
    assert!(!before("2014", "2014-04-01"));
    assert!(!before("2014-04-01", "2014"));
    assert!(!before("14 February", "2015"));
    assert!(!before("2014-03-15", "2014-03-15"));
}

#[test]
fn dates_serialise_as_iso() {
    let date = date("14 February", DateOrder::DayFirst).expect("a date");
    assert_eq!(serde_json::to_value(date).expect("it serialises"), serde_json::json!("--02-14"));
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "\\PC{0,20}") {
        let _ = day_first(&text);
    }

    #[test]
    fn whole_dates_read_back(year in 1000..9999i32, month in 1..13u32, day in 1..29u32) {
        let iso = format!("{year:04}-{month:02}-{day:02}");
        prop_assert_eq!(day_first(&iso), Ok(iso.clone()));
        prop_assert_eq!(day_first(&format!("{day}/{month}/{year}")), Ok(iso.clone()));
        prop_assert_eq!(day_first(&format!("{day:02}.{month:02}.{year}.")), Ok(iso));
    }
}
