import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds every PDF below the given folders against the levels that it claims, by veraPDF's own
 * profiles. Status 1 when one breaks a rule, cannot be read, or claims no level.
 *
 * <p>Run as {@code java -cp LIBRARY.jar .ci/Validate.java FOLDER…}. The library that is on hand
 * comes without the reader of its profiles, so they are read here.
 */
public final class Validate {
    private static final Map<PDFAFlavour, ValidationProfile> PROFILES = new HashMap<>();

    public static void main(String[] folders) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        int faulty = 0;
        int all = 0;
        for (String folder : folders) {
            for (Path file : papers(Path.of(folder))) {
                all++;
                List<String> faults = faults(file);
                faults.forEach(fault -> System.out.println("FAULT  " + file + ": " + fault));
                faulty += faults.isEmpty() ? 0 : 1;
            }
        }
        System.out.println(all + " files, " + faulty + " faulty");
        System.exit(all == 0 || faulty > 0 ? 1 : 0);
    }

    private static List<Path> papers(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".pdf")).sorted().toList();
        }
    }

    private static List<String> faults(Path file) throws Exception {
        List<PDFAFlavour> claims = claims(file);
        if (claims.isEmpty()) {
            return List.of("it claims no level");
        }
        List<String> faults = new ArrayList<>();
        for (PDFAFlavour level : claims) {
            try (var parser = Foundries.defaultInstance()
                    .createParser(new FileInputStream(file.toFile()), level, level)) {
                var result = Foundries.defaultInstance()
                        .createValidator(profile(level), -1, false, true, false)
                        .validate(parser);
                result.getTestAssertions().stream()
                        .filter(one -> one.getStatus() == TestAssertion.Status.FAILED)
                        .map(one -> level.getId() + " " + one.getRuleId().getClause() + "-"
                                + one.getRuleId().getTestNumber() + " " + one.getErrorMessage()
                                + " at " + one.getLocation().getContext())
                        .distinct().limit(20).forEach(faults::add);
            } catch (Exception fault) {
                faults.add(level.getId() + " cannot be checked: " + fault);
            }
        }
        return faults;
    }

    private static List<PDFAFlavour> claims(Path file) throws Exception {
        try (var parser = Foundries.defaultInstance().createParser(
                new FileInputStream(file.toFile()), PDFAFlavour.NO_FLAVOUR, PDFAFlavour.NO_FLAVOUR)) {
            return parser.getFlavours().stream()
                    .filter(level -> level != PDFAFlavour.NO_FLAVOUR).toList();
        }
    }

    private static ValidationProfile profile(PDFAFlavour level) throws Exception {
        ValidationProfile known = PROFILES.get(level);
        if (known == null) {
            known = read(level);
            PROFILES.put(level, known);
        }
        return known;
    }

    private static ValidationProfile read(PDFAFlavour level) throws Exception {
        String id = level.getId();
        String name = id.startsWith("ua") ? "PDFUA-" + id.substring(2) : "PDFA-" + id.toUpperCase();
        String path = "/org/verapdf/pdfa/validation/" + name + ".xml";
        try (InputStream bytes = Validate.class.getResourceAsStream(path)) {
            if (bytes == null) {
                throw new IllegalStateException("the library has no profile for " + id);
            }
            Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(bytes);
            Set<Rule> rules = new HashSet<>();
            for (Element rule : elements(xml.getElementsByTagName("rule"))) {
                rules.add(rule(rule));
            }
            Set<Variable> variables = new HashSet<>();
            for (Element one : elements(xml.getElementsByTagName("variable"))) {
                variables.add(Profiles.variableFromValues(one.getAttribute("name"),
                        one.getAttribute("object"), text(one, "defaultValue"), text(one, "value")));
            }
            var details = Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0));
            return Profiles.profileFromValues(level, details, "", rules, variables);
        }
    }

    private static Rule rule(Element xml) {
        Element id = elements(xml.getElementsByTagName("id")).get(0);
        var ruleId = Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        var error = Profiles.errorFromValues(text(xml, "message"), new ArrayList<>());
        Boolean deferred =
                xml.hasAttribute("deferred") ? Boolean.valueOf(xml.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(ruleId, xml.getAttribute("object"), deferred,
                xml.getAttribute("tags"), text(xml, "description"), text(xml, "test"), error,
                new ArrayList<>());
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            elements.add((Element) nodes.item(index));
        }
        return elements;
    }

    private static String text(Element around, String name) {
        return around.getElementsByTagName(name).item(0).getTextContent();
    }
}
