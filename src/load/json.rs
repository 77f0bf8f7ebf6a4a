//! Positioned values as plain JSON, for free maps that only templates read.

use serde_json::{Map, Number};

use super::value::{Kind, Reading, Scalar, Value};

impl Value {
    /// The value without its places. A number whose text JSON cannot give back as written (`1.10`,
    /// `0x1F`, `.inf`) stays text, so that nothing is lost.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Scalar(scalar) => scalar_to_json(scalar),
            Kind::List(items) => items.iter().map(Value::to_json).collect(),
            Kind::Map(entries) => {
                let fields = entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json()));
                serde_json::Value::Object(fields.collect::<Map<_, _>>())
            }
        }
    }
}

fn scalar_to_json(scalar: &Scalar) -> serde_json::Value {
    let number = match scalar.reading {
        Reading::Bool(value) => return serde_json::Value::Bool(value),
        Reading::Text => None,
        Reading::Int(value) => Some(Number::from(value)),
        Reading::Float(value) => Number::from_f64(value),
    };
    match number.filter(|number| number.to_string() == scalar.text) {
        Some(number) => serde_json::Value::Number(number),
        None => serde_json::Value::String(scalar.text.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str, reading: Reading) -> serde_json::Value {
        scalar_to_json(&Scalar { text: text.to_owned(), reading })
    }

    #[test]
    fn number_with_trailing_zero_stays_text() {
        assert_eq!(json("1.10", Reading::Float(1.1)), serde_json::json!("1.10"));
        assert_eq!(json("1.5", Reading::Float(1.5)), serde_json::json!(1.5));
        assert_eq!(json("42", Reading::Int(42)), serde_json::json!(42));
        assert_eq!(json("+42", Reading::Int(42)), serde_json::json!("+42"));
        assert_eq!(json("true", Reading::Bool(true)), serde_json::json!(true));
    }
}
