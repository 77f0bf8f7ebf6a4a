//! The schemas that PDF/A-2 knows beforehand (ISO 19005-2 6.6.2.3.1): those of the XMP
//! Specification of September 2005 and of ISO 19005-1, each with its properties and their types.

/// A schema: its namespace, and its properties with their types.
pub type Schema = (&'static str, &'static [(&'static str, &'static str)]);

/// The predefined schemas.
#[rustfmt::skip]
pub const SCHEMAS: &[Schema] = &[
    ("http://www.aiim.org/pdfa/ns/id/", &[
        ("part", "integer"), ("amd", "text"), ("corr", "text"), ("conformance", "text"),
    ]),
    ("http://purl.org/dc/elements/1.1/", &[
        ("contributor", "bag propername"), ("coverage", "text"), ("creator", "seq propername"),
        ("date", "seq date"), ("description", "lang alt"), ("format", "mimetype"),
        ("identifier", "text"), ("language", "bag locale"), ("publisher", "bag propername"),
        ("relation", "bag text"), ("rights", "lang alt"), ("source", "text"),
        ("subject", "bag text"), ("title", "lang alt"), ("type", "bag text"),
    ]),
    ("http://ns.adobe.com/xap/1.0/", &[
        ("Advisory", "bag text"), ("BaseURL", "url"), ("CreateDate", "date"),
        ("CreatorTool", "agentname"), ("Identifier", "bag text"), ("MetadataDate", "date"),
        ("ModifyDate", "date"), ("Nickname", "text"), ("Thumbnails", "alt thumbnail"),
        ("Label", "text"), ("Rating", "real"),
    ]),
    ("http://ns.adobe.com/xap/1.0/rights/", &[
        ("Certificate", "url"), ("Marked", "boolean"), ("Owner", "bag propername"),
        ("UsageTerms", "lang alt"), ("WebStatement", "url"),
    ]),
    ("http://ns.adobe.com/xap/1.0/mm/", &[
        ("DerivedFrom", "resourceref"), ("DocumentID", "uri"), ("History", "seq resourceevent"),
        ("InstanceID", "uri"), ("ManagedFrom", "resourceref"), ("Manager", "agentname"),
        ("ManageTo", "uri"), ("ManageUI", "uri"), ("ManagerVariant", "text"),
        ("RenditionClass", "renditionclass"), ("RenditionParams", "text"), ("VersionID", "text"),
        ("Versions", "seq version"), ("LastURL", "url"), ("RenditionOf", "resourceref"),
        ("SaveID", "integer"),
    ]),
    ("http://ns.adobe.com/xap/1.0/bj/", &[
        ("JobRef", "bag job"),
    ]),
    ("http://ns.adobe.com/xap/1.0/t/pg/", &[
        ("MaxPageSize", "dimensions"), ("NPages", "integer"), ("Fonts", "bag font"),
        ("Colorants", "seq colorant"), ("PlateNames", "seq text"),
    ]),
    ("http://ns.adobe.com/xmp/1.0/DynamicMedia/", &[
        ("projectRef", "projectlink"), ("videoFrameRate", "text"),
        ("videoFrameSize", "dimensions"), ("videoPixelAspectRatio", "rational"),
        ("videoAlphaUnityIsTransparent", "boolean"), ("videoAlphaPremultipleColor", "colorant"),
        ("videoCompressor", "text"), ("audioSampleRate", "integer"), ("audioCompressor", "text"),
        ("speakerPlacement", "text"), ("fileDataRate", "rational"), ("tapeName", "text"),
        ("altTapeName", "text"), ("startTimecode", "timecode"), ("altTimecode", "timecode"),
        ("duration", "time"), ("scene", "text"), ("shotName", "text"), ("shotDate", "date"),
        ("shotLocation", "text"), ("logComment", "text"), ("markers", "seq marker"),
        ("contributedMedia", "bag media"), ("absPeakAudioFilePath", "uri"),
        ("relativePeakAudioFilePath", "uri"), ("videoModDate", "date"), ("audioModDate", "date"),
        ("metadataModDate", "date"), ("artist", "text"), ("album", "text"),
        ("trackNumber", "integer"), ("genre", "text"), ("copyright", "text"),
        ("releaseDate", "date"), ("composer", "text"), ("engineer", "text"), ("tempo", "real"),
        ("instrument", "text"), ("introTime", "time"), ("outCue", "time"),
        ("relativeTimestamp", "time"), ("loop", "boolean"), ("numberOfBeats", "real"),
        ("timeScaleParams", "timescalestretch"), ("resampleParams", "resamplestretch"),
        ("beatSpliceParams", "beatsplicestretch"), ("videoPixelDepth", "text"),
        ("videoColorSpace", "text"), ("videoAlphaMode", "text"), ("videoFieldOrder", "text"),
        ("pullDown", "text"), ("audioSampleType", "text"), ("audioChannelType", "text"),
        ("key", "text"), ("stretchMode", "text"), ("timeSignature", "text"), ("scaleType", "text"),
    ]),
    ("http://ns.adobe.com/pdf/1.3/", &[
        ("Keywords", "text"), ("PDFVersion", "text"), ("Producer", "agentname"),
    ]),
    ("http://ns.adobe.com/photoshop/1.0/", &[
        ("AuthorsPosition", "text"), ("CaptionWriter", "propername"), ("Category", "text"),
        ("City", "text"), ("Country", "text"), ("Credit", "text"), ("DateCreated", "date"),
        ("Headline", "text"), ("Instructions", "text"), ("Source", "text"), ("State", "text"),
        ("TransmissionReference", "text"), ("Urgency", "integer"),
        ("SupplementalCategories", "bag text"),
    ]),
    ("http://ns.adobe.com/camera-raw-settings/1.0/", &[
        ("AutoBrightness", "boolean"), ("AutoContrast", "boolean"), ("AutoExposure", "boolean"),
        ("AutoShadows", "boolean"), ("BlueHue", "integer"), ("BlueSaturation", "integer"),
        ("Brightness", "integer"), ("CameraProfile", "text"), ("ChromaticAberrationB", "integer"),
        ("ChromaticAberrationR", "integer"), ("ColorNoiseReduction", "integer"),
        ("Contrast", "integer"), ("CropTop", "real"), ("CropLeft", "real"), ("CropBottom", "real"),
        ("CropRight", "real"), ("CropAngle", "real"), ("CropWidth", "real"),
        ("CropHeight", "real"), ("CropUnits", "integer"), ("Exposure", "real"),
        ("GreenHue", "integer"), ("GreenSaturation", "integer"), ("HasCrop", "boolean"),
        ("HasSettings", "boolean"), ("LuminanceSmoothing", "integer"), ("RawFileName", "text"),
        ("RedHue", "integer"), ("RedSaturation", "integer"), ("Saturation", "integer"),
        ("Shadows", "integer"), ("ShadowTint", "integer"), ("Sharpness", "integer"),
        ("Temperature", "integer"), ("Tint", "integer"), ("ToneCurveName", "text"),
        ("Version", "text"), ("VignetteAmount", "integer"), ("VignetteMidpoint", "integer"),
        ("WhiteBalance", "text"), ("ToneCurve", "seq text"),
    ]),
    ("http://ns.adobe.com/tiff/1.0/", &[
        ("ImageWidth", "integer"), ("ImageLength", "integer"), ("BitsPerSample", "seq integer"),
        ("SamplesPerPixel", "integer"), ("XResolution", "rational"), ("YResolution", "rational"),
        ("TransferFunction", "seq integer"), ("WhitePoint", "seq rational"),
        ("PrimaryChromaticities", "seq rational"), ("YCbCrCoefficients", "seq rational"),
        ("ReferenceBlackWhite", "seq rational"), ("DateTime", "date"),
        ("ImageDescription", "lang alt"), ("Make", "propername"), ("Model", "propername"),
        ("Software", "agentname"), ("Artist", "propername"), ("Copyright", "lang alt"),
        ("Compression", "integer"), ("PhotometricInterpretation", "integer"),
        ("Orientation", "integer"), ("PlanarConfiguration", "integer"),
        ("YCbCrPositioning", "integer"), ("ResolutionUnit", "integer"),
        ("YCbCrSubSampling", "seq integer"),
    ]),
    ("http://ns.adobe.com/exif/1.0/", &[
        ("CompressedBitsPerPixel", "rational"), ("PixelXDimension", "integer"),
        ("PixelYDimension", "integer"), ("UserComment", "lang alt"), ("RelatedSoundFile", "text"),
        ("DateTimeOriginal", "date"), ("DateTimeDigitized", "date"), ("ExposureTime", "rational"),
        ("FNumber", "rational"), ("SpectralSensitivity", "text"),
        ("ISOSpeedRatings", "seq integer"), ("OECF", "oecf/sfr"),
        ("ShutterSpeedValue", "rational"), ("ApertureValue", "rational"),
        ("BrightnessValue", "rational"), ("ExposureBiasValue", "rational"),
        ("MaxApertureValue", "rational"), ("SubjectDistance", "rational"), ("Flash", "flash"),
        ("FocalLength", "rational"), ("SubjectArea", "seq integer"), ("FlashEnergy", "rational"),
        ("SpatialFrequencyResponse", "oecf/sfr"), ("FocalPlaneXResolution", "rational"),
        ("FocalPlaneYResolution", "rational"), ("SubjectLocation", "seq integer"),
        ("ExposureIndex", "rational"), ("CFAPattern", "cfapattern"),
        ("DigitalZoomRatio", "rational"), ("FocalLengthIn35mmFilm", "integer"),
        ("DeviceSettingDescription", "devicesettings"), ("ImageUniqueID", "text"),
        ("GPSVersionID", "text"), ("GPSLatitude", "gpscoordinate"),
        ("GPSLongitude", "gpscoordinate"), ("GPSAltitude", "rational"), ("GPSTimeStamp", "date"),
        ("GPSSatellites", "text"), ("GPSDOP", "rational"), ("GPSSpeed", "rational"),
        ("GPSTrack", "rational"), ("GPSImgDirection", "rational"), ("GPSMapDatum", "text"),
        ("GPSDestLatitude", "gpscoordinate"), ("GPSDestLongitude", "gpscoordinate"),
        ("GPSDestBearing", "rational"), ("GPSDestDistance", "rational"),
        ("GPSProcessingMethod", "text"), ("GPSAreaInformation", "text"),
        ("ExposureProgram", "integer"), ("MeteringMode", "integer"),
        ("FocalPlaneResolutionUnit", "integer"), ("SensingMethod", "integer"),
        ("FileSource", "integer"), ("SceneType", "integer"), ("CustomRendered", "integer"),
        ("ExposureMode", "integer"), ("WhiteBalance", "integer"), ("SceneCaptureType", "integer"),
        ("GainControl", "integer"), ("Contrast", "integer"), ("Saturation", "integer"),
        ("Sharpness", "integer"), ("SubjectDistanceRange", "integer"),
        ("GPSAltitudeRef", "integer"), ("GPSStatus", "text"), ("GPSSpeedRef", "text"),
        ("GPSTrackRef", "text"), ("GPSImgDirectionRef", "text"), ("GPSDestBearingRef", "text"),
        ("GPSDestDistanceRef", "text"), ("GPSDifferential", "integer"), ("ExifVersion", "text"),
        ("FlashpixVersion", "text"), ("GPSMeasureMode", "text"), ("ColorSpace", "integer"),
        ("LightSource", "integer"), ("ComponentsConfiguration", "seq integer"),
    ]),
    ("http://ns.adobe.com/exif/1.0/aux/", &[
        ("Lens", "text"), ("SerialNumber", "text"),
    ]),
];

/// The types that are structures: name, namespace of the fields, fields.
#[rustfmt::skip]
pub const STRUCTURES: &[(&str, Schema)] = &[
    ("dimensions", ("http://ns.adobe.com/xap/1.0/sType/Dimensions#", &[
        ("w", "real"), ("h", "real"), ("unit", "text"),
    ])),
    ("thumbnail", ("http://ns.adobe.com/xap/1.0/g/img/", &[
        ("height", "integer"), ("width", "integer"), ("image", "text"), ("format", "text"),
    ])),
    ("resourceevent", ("http://ns.adobe.com/xap/1.0/sType/ResourceEvent#", &[
        ("action", "text"), ("instanceID", "uri"), ("parameters", "text"),
        ("softwareAgent", "agentname"), ("when", "date"),
    ])),
    ("resourceref", ("http://ns.adobe.com/xap/1.0/sType/ResourceRef#", &[
        ("instanceID", "uri"), ("documentID", "uri"), ("versionID", "text"),
        ("renditionClass", "renditionclass"), ("renditionParams", "text"),
        ("manager", "agentname"), ("managerVariant", "text"), ("manageTo", "uri"),
        ("manageUI", "uri"),
    ])),
    ("version", ("http://ns.adobe.com/xap/1.0/sType/Version#", &[
        ("comments", "text"), ("event", "resourceevent"), ("modifyDate", "date"),
        ("modifier", "propername"), ("version", "text"),
    ])),
    ("job", ("http://ns.adobe.com/xap/1.0/sType/Job#", &[
        ("name", "text"), ("id", "text"), ("url", "url"),
    ])),
    ("colorant", ("http://ns.adobe.com/xap/1.0/g/", &[
        ("swatchName", "text"), ("mode", "text"), ("type", "text"), ("cyan", "real"),
        ("magenta", "real"), ("yellow", "real"), ("black", "real"), ("red", "integer"),
        ("green", "integer"), ("blue", "integer"), ("L", "real"), ("A", "integer"),
        ("B", "integer"),
    ])),
    ("font", ("http://ns.adobe.com/xap/1.0/sType/Font#", &[
        ("fontName", "text"), ("fontFamily", "text"), ("fontFace", "text"), ("fontType", "text"),
        ("versionString", "text"), ("composite", "boolean"), ("fontFileName", "text"),
        ("childFontFiles", "seq text"),
    ])),
    ("beatsplicestretch", ("http://ns.adobe.com/xmp/1.0/DynamicMedia/", &[
        ("useFileBeatsMarker", "boolean"), ("riseInDecibel", "real"),
        ("riseInTimeDuration", "time"),
    ])),
    ("marker", ("http://ns.adobe.com/xmp/1.0/DynamicMedia/", &[
        ("startTime", "any"), ("duration", "any"), ("comment", "text"), ("name", "text"),
        ("location", "uri"), ("target", "text"), ("type", "text"),
    ])),
    ("media", ("http://ns.adobe.com/xmp/1.0/DynamicMedia/", &[
        ("path", "uri"), ("track", "text"), ("startTime", "time"), ("duration", "time"),
        ("managed", "boolean"), ("webStatement", "uri"),
    ])),
    ("projectlink", ("http://ns.adobe.com/xmp/1.0/DynamicMedia/", &[
        ("path", "uri"), ("type", "text"),
    ])),
    ("resamplestretch", ("http://ns.adobe.com/xmp/1.0/DynamicMedia/", &[
        ("quality", "text"),
    ])),
    ("time", ("http://ns.adobe.com/xmp/1.0/DynamicMedia/", &[
        ("value", "integer"), ("scale", "rational"),
    ])),
    ("timecode", ("http://ns.adobe.com/xmp/1.0/DynamicMedia/", &[
        ("timeValue", "text"), ("timeFormat", "text"),
    ])),
    ("timescalestretch", ("http://ns.adobe.com/xmp/1.0/DynamicMedia/", &[
        ("frameSize", "real"), ("frameOverlappingPercentage", "real"), ("quality", "text"),
    ])),
    ("flash", ("http://ns.adobe.com/exif/1.0/", &[
        ("Fired", "boolean"), ("Function", "boolean"), ("RedEyeMode", "boolean"),
        ("Return", "text"), ("Mode", "text"),
    ])),
    ("oecf/sfr", ("http://ns.adobe.com/exif/1.0/", &[
        ("Columns", "integer"), ("Rows", "integer"), ("Names", "seq text"),
        ("Values", "seq rational"),
    ])),
    ("cfapattern", ("http://ns.adobe.com/exif/1.0/", &[
        ("Columns", "integer"), ("Rows", "integer"), ("Values", "seq integer"),
    ])),
    ("devicesettings", ("http://ns.adobe.com/exif/1.0/", &[
        ("Columns", "integer"), ("Rows", "integer"), ("Settings", "seq text"),
    ])),
];
