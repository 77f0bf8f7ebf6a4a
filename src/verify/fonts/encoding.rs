//! Encodings of simple fonts (ISO 32000-1 9.6.6): which glyph name each code selects.

use std::borrow::Cow;

use hayro_syntax::object::{Array, Dict, Name, Object};
use read_fonts::ps::{PredefinedEncoding, agl};
use smallvec::SmallVec;

use crate::verify::document::items;

/// An encoding that is known by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// `StandardEncoding`.
    Standard,
    /// `WinAnsiEncoding`.
    WinAnsi,
    /// `MacRomanEncoding`.
    MacRoman,
    /// `MacExpertEncoding`.
    MacExpert,
    /// That of the standard font Symbol.
    Symbol,
    /// That of the standard font ZapfDingbats.
    ZapfDingbats,
}

impl Base {
    /// The encoding that a font dictionary may name.
    pub fn named(name: &[u8]) -> Option<Base> {
        match name {
            b"StandardEncoding" => Some(Base::Standard),
            b"WinAnsiEncoding" => Some(Base::WinAnsi),
            b"MacRomanEncoding" => Some(Base::MacRoman),
            b"MacExpertEncoding" => Some(Base::MacExpert),
            _ => None,
        }
    }

    /// The glyph name of a code; `None` when the encoding has none.
    pub fn name(self, code: u8) -> Option<&'static str> {
        let names = match self {
            Base::Standard => {
                let name = PredefinedEncoding::Standard.name(code);
                return (name != ".notdef").then_some(name);
            }
            Base::WinAnsi => WIN_ANSI,
            Base::MacRoman => MAC_ROMAN,
            Base::MacExpert => MAC_EXPERT,
            Base::Symbol => SYMBOL,
            Base::ZapfDingbats => ZAPF_DINGBATS,
        };
        let index = usize::from(code).checked_sub(32)?;
        names.split(' ').nth(index).filter(|name| *name != "-")
    }

    fn slots(self) -> Slots {
        let mut slots = Box::new([const { Slot::Notdef }; 256]);
        for (code, slot) in (0..=255).zip(slots.iter_mut()) {
            if let Some(name) = self.name(code) {
                *slot = Slot::Name(Cow::Borrowed(name));
            }
        }
        slots
    }
}

/// What an encoding says of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// The glyph of this name.
    Name(Cow<'static, str>),
    /// No glyph: `.notdef`.
    Notdef,
    /// Nothing: the font program tells.
    Unsaid,
}

/// What an encoding says of all codes.
pub type Slots = Box<[Slot; 256]>;

/// The code of Mac OS Roman that selects a glyph name: those of `MacRomanEncoding`, and what the
/// (1,0) tables of TrueType fonts have besides (ISO 32000-1 table 115).
pub fn mac_code(name: &str) -> Option<u8> {
    const MORE: [(&str, u8); 16] = [
        ("notequal", 173),
        ("infinity", 176),
        ("lessequal", 178),
        ("greaterequal", 179),
        ("partialdiff", 182),
        ("summation", 183),
        ("product", 184),
        ("pi", 185),
        ("integral", 186),
        ("Omega", 189),
        ("radical", 195),
        ("approxequal", 197),
        ("Delta", 198),
        ("lozenge", 215),
        ("Euro", 219),
        ("apple", 240),
    ];
    let found = MAC_ROMAN.split(' ').position(|known| known == name && known != "-");
    found
        .and_then(|index| u8::try_from(index + 32).ok())
        .or_else(|| MORE.iter().find(|(known, _)| *known == name).map(|(_, code)| *code))
}

/// The encoding of a simple font.
#[derive(Debug, Clone)]
pub struct Encoding {
    /// The encoding that is named, by itself or as the base of the differences.
    pub base: Option<Base>,
    /// The name of that encoding as written, known or not.
    pub written: Option<Vec<u8>>,
    /// What the file says differs from the base (`Differences`), in its order.
    pub differences: Option<Vec<(u8, String)>>,
    slots: Slots,
}

impl Encoding {
    /// Reads what a font dictionary says. Codes of which it says nothing are as `implied` has it.
    pub fn read(font: &Dict<'_>, implied: Implied) -> Encoding {
        let object = font.get::<Object<'_>>("Encoding");
        let (written, differences) = match &object {
            Some(Object::Name(name)) => (Some(name.to_vec()), None),
            Some(Object::Dict(dict)) => (
                dict.get::<Name<'_>>("BaseEncoding").map(|name| name.to_vec()),
                dict.get::<Array<'_>>("Differences").map(|list| differences_of(&list)),
            ),
            _ => (None, None),
        };
        let base = written.as_deref().and_then(Base::named);
        let mut slots = match (base, implied) {
            (Some(base), _) | (None, Implied::Base(base)) => base.slots(),
            (None, Implied::Program(slots)) => slots,
            (None, Implied::Nothing) => Box::new([const { Slot::Unsaid }; 256]),
        };
        for (code, name) in differences.iter().flatten() {
            slots[usize::from(*code)] = match name.as_str() {
                ".notdef" => Slot::Notdef,
                name => Slot::Name(Cow::Owned(name.to_owned())),
            };
        }
        Encoding { base, written, differences, slots }
    }

    /// What it says of a code.
    pub fn slot(&self, code: u8) -> &Slot {
        &self.slots[usize::from(code)]
    }

    /// The glyph name of a code; `None` when it selects `.notdef`, or nothing is said.
    pub fn name(&self, code: u8) -> Option<&str> {
        match self.slot(code) {
            Slot::Name(name) => Some(name),
            Slot::Notdef | Slot::Unsaid => None,
        }
    }
}

/// What a code selects of which the font dictionary says nothing.
#[derive(Debug)]
pub enum Implied {
    /// What this encoding says.
    Base(Base),
    /// What the font program says.
    Program(Slots),
    /// Nothing that is known.
    Nothing,
}

/// The list of differences: a code, and the names from there on.
fn differences_of(list: &Array<'_>) -> Vec<(u8, String)> {
    let mut differences = Vec::new();
    let mut next = 0_i64;
    for object in items(list) {
        match object {
            Object::Number(code) => next = code.as_i64(),
            Object::Name(name) => {
                if let Ok(code) = u8::try_from(next) {
                    differences.push((code, String::from_utf8_lossy(&name).into_owned()));
                }
                next = next.saturating_add(1);
            }
            _ => {}
        }
        // Codes are bytes: what a longer list says is never asked for.
        if differences.len() >= 4096 {
            break;
        }
    }
    differences
}

/// Whether a glyph name itself stands in the Adobe Glyph List, or among the names of ZapfDingbats.
/// Names that are made by a pattern (`uni00E5`, `f_i`, `a.alt`) do not.
pub fn is_listed(name: &str) -> bool {
    let made = |prefix: &str| {
        name.strip_prefix(prefix).is_some_and(|digits| {
            digits.len() >= 4
                && digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'A'..=b'F'))
        })
    };
    !name.contains(['.', '_']) && !made("uni") && !made("u") && !text_of(name).is_empty()
}

/// The text that a glyph name stands for by the Adobe Glyph List and its patterns; empty when by
/// its name it stands for none.
pub fn text_of(name: &str) -> SmallVec<[char; 4]> {
    agl::name_to_chars(name).take(32).collect()
}

/// `WinAnsiEncoding` (ISO 32000-1 annex D.2): codes without a letter show a bullet.
static WIN_ANSI: &str = "\
    space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright \
    asterisk plus comma hyphen period slash zero one two three four five six seven eight nine \
    colon semicolon less equal greater question at A B C D E F G H I J K L M N O P Q R S T U V W X \
    Y Z bracketleft backslash bracketright asciicircum underscore grave a b c d e f g h i j k l m \
    n o p q r s t u v w x y z braceleft bar braceright asciitilde bullet Euro bullet \
    quotesinglbase florin quotedblbase ellipsis dagger daggerdbl circumflex perthousand Scaron \
    guilsinglleft OE bullet Zcaron bullet bullet quoteleft quoteright quotedblleft quotedblright \
    bullet endash emdash tilde trademark scaron guilsinglright oe bullet zcaron Ydieresis space \
    exclamdown cent sterling currency yen brokenbar section dieresis copyright ordfeminine \
    guillemotleft logicalnot hyphen registered macron degree plusminus twosuperior threesuperior \
    acute mu paragraph periodcentered cedilla onesuperior ordmasculine guillemotright onequarter \
    onehalf threequarters questiondown Agrave Aacute Acircumflex Atilde Adieresis Aring AE \
    Ccedilla Egrave Eacute Ecircumflex Edieresis Igrave Iacute Icircumflex Idieresis Eth Ntilde \
    Ograve Oacute Ocircumflex Otilde Odieresis multiply Oslash Ugrave Uacute Ucircumflex Udieresis \
    Yacute Thorn germandbls agrave aacute acircumflex atilde adieresis aring ae ccedilla egrave \
    eacute ecircumflex edieresis igrave iacute icircumflex idieresis eth ntilde ograve oacute \
    ocircumflex otilde odieresis divide oslash ugrave uacute ucircumflex udieresis yacute thorn \
    ydieresis";

/// `MacRomanEncoding` (ISO 32000-1 annex D.2).
static MAC_ROMAN: &str = "\
    space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright \
    asterisk plus comma hyphen period slash zero one two three four five six seven eight nine \
    colon semicolon less equal greater question at A B C D E F G H I J K L M N O P Q R S T U V W X \
    Y Z bracketleft backslash bracketright asciicircum underscore grave a b c d e f g h i j k l m \
    n o p q r s t u v w x y z braceleft bar braceright asciitilde - Adieresis Aring Ccedilla \
    Eacute Ntilde Odieresis Udieresis aacute agrave acircumflex adieresis atilde aring ccedilla \
    eacute egrave ecircumflex edieresis iacute igrave icircumflex idieresis ntilde oacute ograve \
    ocircumflex odieresis otilde uacute ugrave ucircumflex udieresis dagger degree cent sterling \
    section bullet paragraph germandbls registered copyright trademark acute dieresis - AE Oslash \
    - plusminus - - yen mu - - - - - ordfeminine ordmasculine - ae oslash questiondown exclamdown \
    logicalnot - florin - - guillemotleft guillemotright ellipsis space Agrave Atilde Otilde OE oe \
    endash emdash quotedblleft quotedblright quoteleft quoteright divide - ydieresis Ydieresis \
    fraction currency guilsinglleft guilsinglright fi fl daggerdbl periodcentered quotesinglbase \
    quotedblbase perthousand Acircumflex Ecircumflex Aacute Edieresis Egrave Iacute Icircumflex \
    Idieresis Igrave Oacute Ocircumflex - Ograve Uacute Ucircumflex Ugrave dotlessi circumflex \
    tilde macron breve dotaccent ring cedilla hungarumlaut ogonek caron";

/// `MacExpertEncoding` (ISO 32000-1 annex D.4).
static MAC_EXPERT: &str = "\
    space exclamsmall Hungarumlautsmall centoldstyle dollaroldstyle dollarsuperior ampersandsmall \
    Acutesmall parenleftsuperior parenrightsuperior twodotenleader onedotenleader comma hyphen \
    period fraction zerooldstyle oneoldstyle twooldstyle threeoldstyle fouroldstyle fiveoldstyle \
    sixoldstyle sevenoldstyle eightoldstyle nineoldstyle colon semicolon - threequartersemdash - \
    questionsmall - - - - Ethsmall - - onequarter onehalf threequarters oneeighth threeeighths \
    fiveeighths seveneighths onethird twothirds - - - - - - ff fi fl ffi ffl parenleftinferior - \
    parenrightinferior Circumflexsmall hypheninferior Gravesmall Asmall Bsmall Csmall Dsmall \
    Esmall Fsmall Gsmall Hsmall Ismall Jsmall Ksmall Lsmall Msmall Nsmall Osmall Psmall Qsmall \
    Rsmall Ssmall Tsmall Usmall Vsmall Wsmall Xsmall Ysmall Zsmall colonmonetary onefitted rupiah \
    Tildesmall - - asuperior centsuperior - - - - Aacutesmall Agravesmall Acircumflexsmall \
    Adieresissmall Atildesmall Aringsmall Ccedillasmall Eacutesmall Egravesmall Ecircumflexsmall \
    Edieresissmall Iacutesmall Igravesmall Icircumflexsmall Idieresissmall Ntildesmall Oacutesmall \
    Ogravesmall Ocircumflexsmall Odieresissmall Otildesmall Uacutesmall Ugravesmall \
    Ucircumflexsmall Udieresissmall - eightsuperior fourinferior threeinferior sixinferior \
    eightinferior seveninferior Scaronsmall - centinferior twoinferior - Dieresissmall - \
    Caronsmall osuperior fiveinferior - commainferior periodinferior Yacutesmall - dollarinferior \
    - - Thornsmall - nineinferior zeroinferior Zcaronsmall AEsmall Oslashsmall questiondownsmall \
    oneinferior Lslashsmall - - - - - - Cedillasmall - - - - - OEsmall figuredash hyphensuperior - \
    - - - exclamdownsmall - Ydieresissmall - onesuperior twosuperior threesuperior foursuperior \
    fivesuperior sixsuperior sevensuperior ninesuperior zerosuperior - esuperior rsuperior \
    tsuperior - - isuperior ssuperior dsuperior - - - - - lsuperior Ogoneksmall Brevesmall \
    Macronsmall bsuperior nsuperior msuperior commasuperior periodsuperior Dotaccentsmall \
    Ringsmall";

/// The built-in encoding of the standard font Symbol (ISO 32000-1 annex D.5).
static SYMBOL: &str = "\
    space exclam universal numbersign existential percent ampersand suchthat parenleft parenright \
    asteriskmath plus comma minus period slash zero one two three four five six seven eight nine \
    colon semicolon less equal greater question congruent Alpha Beta Chi Delta Epsilon Phi Gamma \
    Eta Iota theta1 Kappa Lambda Mu Nu Omicron Pi Theta Rho Sigma Tau Upsilon sigma1 Omega Xi Psi \
    Zeta bracketleft therefore bracketright perpendicular underscore radicalex alpha beta chi \
    delta epsilon phi gamma eta iota phi1 kappa lambda mu nu omicron pi theta rho sigma tau \
    upsilon omega1 omega xi psi zeta braceleft bar braceright similar - - - - - - - - - - - - - - \
    - - - - - - - - - - - - - - - - - - - Euro Upsilon1 minute lessequal fraction infinity florin \
    club diamond heart spade arrowboth arrowleft arrowup arrowright arrowdown degree plusminus \
    second greaterequal multiply proportional partialdiff bullet divide notequal equivalence \
    approxequal ellipsis arrowvertex arrowhorizex carriagereturn aleph Ifraktur Rfraktur \
    weierstrass circlemultiply circleplus emptyset intersection union propersuperset \
    reflexsuperset notsubset propersubset reflexsubset element notelement angle gradient \
    registerserif copyrightserif trademarkserif product radical dotmath logicalnot logicaland \
    logicalor arrowdblboth arrowdblleft arrowdblup arrowdblright arrowdbldown lozenge angleleft \
    registersans copyrightsans trademarksans summation parenlefttp parenleftex parenleftbt \
    bracketlefttp bracketleftex bracketleftbt bracelefttp braceleftmid braceleftbt braceex - \
    angleright integral integraltp integralex integralbt parenrighttp parenrightex parenrightbt \
    bracketrighttp bracketrightex bracketrightbt bracerighttp bracerightmid bracerightbt";

/// The built-in encoding of the standard font ZapfDingbats (ISO 32000-1 annex D.6).
static ZAPF_DINGBATS: &str = "\
    space a1 a2 a202 a3 a4 a5 a119 a118 a117 a11 a12 a13 a14 a15 a16 a105 a17 a18 a19 a20 a21 a22 \
    a23 a24 a25 a26 a27 a28 a6 a7 a8 a9 a10 a29 a30 a31 a32 a33 a34 a35 a36 a37 a38 a39 a40 a41 \
    a42 a43 a44 a45 a46 a47 a48 a49 a50 a51 a52 a53 a54 a55 a56 a57 a58 a59 a60 a61 a62 a63 a64 \
    a65 a66 a67 a68 a69 a70 a71 a72 a73 a74 a203 a75 a204 a76 a77 a78 a79 a81 a82 a83 a84 a97 a98 \
    a99 a100 - a89 a90 a93 a94 a91 a92 a205 a85 a206 a86 a87 a88 a95 a96 - - - - - - - - - - - - - \
    - - - - - - a101 a102 a103 a104 a106 a107 a108 a112 a111 a110 a109 a120 a121 a122 a123 a124 \
    a125 a126 a127 a128 a129 a130 a131 a132 a133 a134 a135 a136 a137 a138 a139 a140 a141 a142 a143 \
    a144 a145 a146 a147 a148 a149 a150 a151 a152 a153 a154 a155 a156 a157 a158 a159 a160 a161 a163 \
    a164 a196 a165 a192 a166 a167 a168 a169 a170 a171 a172 a173 a162 a174 a175 a176 a177 a178 a179 \
    a193 a180 a199 a181 a200 a182 - a201 a183 a184 a197 a185 a194 a198 a186 a195 a187 a188 a189 \
    a190 a191";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_name_their_glyphs() {
        assert_eq!(Base::WinAnsi.name(0x80), Some("Euro"));
        assert_eq!(Base::WinAnsi.name(0xa0), Some("space"));
        assert_eq!(Base::WinAnsi.name(0xff), Some("ydieresis"));
        assert_eq!(Base::MacRoman.name(0x8c), Some("aring"));
        assert_eq!(Base::MacRoman.name(0xff), Some("caron"));
        assert_eq!(Base::MacExpert.name(0x57), Some("fi"));
        assert_eq!(Base::Symbol.name(0x61), Some("alpha"));
        assert_eq!(Base::Symbol.name(0xfe), Some("bracerightbt"));
        assert_eq!(Base::ZapfDingbats.name(0x6c), Some("a71"));
        assert_eq!(Base::ZapfDingbats.name(0xfe), Some("a191"));
        assert_eq!(Base::Standard.name(0xae), Some("fi"));
        assert_eq!(Base::Standard.name(0xff), None);
        assert_eq!(Base::WinAnsi.name(7), None);
    }

    #[test]
    fn mac_codes_of_names() {
        assert_eq!(mac_code("A"), Some(65));
        assert_eq!(mac_code("Euro"), Some(219));
        assert_eq!(mac_code("space"), Some(32));
        assert_eq!(mac_code("-"), None);
    }

    #[test]
    fn names_stand_for_texts() {
        let text = |name| text_of(name).into_iter().collect::<String>();
        assert_eq!(text("aring"), "å");
        assert_eq!(text("f_i"), "fi");
        assert_eq!(text("uni00E600F8"), "æø");
        assert_eq!(text("a.alt"), "a");
        assert_eq!(text("g17"), "");
        assert_eq!(text(".notdef"), "");
    }

    #[test]
    fn names_by_a_pattern_are_not_listed() {
        assert!(is_listed("aring") && is_listed("a71") && is_listed("union"));
        assert!(!is_listed("uni00E5") && !is_listed("f_i") && !is_listed("a.alt"));
        assert!(!is_listed("u1F600") && !is_listed("g12") && !is_listed(".notdef"));
    }
}
