import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds files against veraPDF's rules for PDF/UA-1: `java -cp JAR PdfUa.java FILE...`. Prints a line a file
 * (name, tab, how many rules, tab, how many checks), and a line a failed check that begins with a tab: clause-number, tab,
 * what is wrong. The rules are read by hand, because the jar that carries veraPDF leaves out the reader of its XML.
 */
public class PdfUa {
    private static final String RULES = "/org/verapdf/pdfa/validation/PDFUA-1.xml";
    private static final PDFAFlavour FLAVOUR = PDFAFlavour.PDFUA_1;

    public static void main(String[] files) throws Exception {
        Logger.getLogger("org.verapdf").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile();
        for (String file : files) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), FLAVOUR)) {
                tell(file, profile, Foundries.defaultInstance().createValidator(profile, false).validate(parser));
            }
        }
    }

    private static void tell(String file, ValidationProfile profile, ValidationResult result) {
        System.out.println(file + "\t" + profile.getRules().size() + "\t" + result.getTotalAssertions());
        for (TestAssertion check : result.getTestAssertions()) {
            String rule = check.getRuleId().getClause() + "-" + check.getRuleId().getTestNumber();
            System.out.println("\t" + rule + "\t" + check.getMessage());
        }
    }

    private static ValidationProfile profile() throws Exception {
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(PdfUa.class.getResourceAsStream(RULES)).getDocumentElement();
        Set<Rule> rules = new HashSet<>();
        for (Element rule : below(root, "rule")) {
            Element id = below(rule, "id").get(0);
            rules.add(Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(PDFAFlavour.Specification.ISO_14289_1, id.getAttribute("clause"),
                    Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.getAttribute("tags"), text(rule, "description"), text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), new ArrayList<>()), new ArrayList<>()));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element one : below(root, "variable")) {
            variables.add(Profiles.variableFromValues(one.getAttribute("name"), one.getAttribute("object"),
                text(one, "defaultValue"), text(one, "value")));
        }
        return Profiles.profileFromValues(FLAVOUR, Profiles.profileDetailsFromValues("PDF/UA-1", "", "", new Date()), "",
            rules, variables);
    }

    private static List<Element> below(Element root, String name) {
        NodeList found = root.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int at = 0; at < found.getLength(); at++) elements.add((Element) found.item(at));
        return elements;
    }

    private static String text(Element root, String name) {
        return below(root, name).get(0).getTextContent();
    }
}
