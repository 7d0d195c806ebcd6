import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Writes what goes into every package beside the program: the SBOM with the run-time image added to what Maven knows, and
 * the third parties' licences. Ends with an error when a jar is missing from the SBOM, has no known licence, or has
 * only one that the packages must not carry.
 *
 * <p>{@code java PackageDocuments.java MODULE_TARGET JARS JDK OUTPUT}
 */
final class PackageDocuments {
    /** GPL without the class path exception is not here: it would bind what is linked with it. */
    private static final List<String> WELCOME =
            List.of(
                    "Apache-2.0",
                    "BSD-2-Clause",
                    "BSD-3-Clause",
                    "CC0-1.0",
                    "MIT",
                    "MIT-0",
                    "MPL-2.0",
                    "EPL-2.0",
                    "GPL-2.0-with-classpath-exception");

    /** Copyright lines of projects whose jars carry none though their licence asks for it. */
    private static final Map<String, String> COPYRIGHTS =
            Map.of(
                    "atlantafx-base", "Copyright (c) 2022 mkpaz",
                    "oshi-core", "Copyright (c) The OSHI Project Contributors",
                    "oshi-common", "Copyright (c) The OSHI Project Contributors");

    private final Path licences = Path.of("jlink", "licences");
    private final StringBuilder page = new StringBuilder();
    private final List<String> complaints = new ArrayList<>();

    /** Texts once each, with the names of those that they belong to. */
    private final Map<String, TreeSet<String>> texts = new TreeMap<>();

    private record Component(String group, String name, String version, List<String> licences) {
        @Override
        public String toString() {
            return name + " " + version;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(arguments[0]);
        Path repository = target.toAbsolutePath().getParent().getParent();
        new PackageDocuments()
                .write(
                        repository,
                        target,
                        Path.of(arguments[1]),
                        Path.of(arguments[2]),
                        Path.of(arguments[3]));
    }

    private void write(Path repository, Path target, Path jars, Path jdk, Path output) throws Exception {
        Path bom = target.resolve("bom.json");
        if (!Files.exists(bom)) {
            throw new IOException(bom + " is missing: Maven writes it, but not when it is offline (-o)");
        }
        Files.createDirectories(output);
        Properties release = new Properties();
        try (var in = Files.newInputStream(jdk.resolve("release"))) {
            release.load(in);
        }
        String runtime = release.getProperty("JAVA_RUNTIME_VERSION", "").replace("\"", "");
        String vendor = release.getProperty("IMPLEMENTOR", "").replace("\"", "");
        Files.writeString(output.resolve("sbom.cdx.json"), withRuntime(Files.readString(bom), runtime, vendor));

        List<Component> components = components(target.resolve("bom.xml"));
        page.append(
                """
                Third-party software in this package
                ====================================

                The Java run-time image consists of modules of OpenJDK %s (%s), GPL-2.0 with the Classpath Exception;
                its texts are in the legal folder of the run-time image.

                """
                        .formatted(runtime, vendor));
        for (Component component : components) {
            if (!component.group().equals("io.modelfleet")) {
                describe(repository, component, jars(target.resolve("lib"), component));
            }
        }
        checkEveryJar(jars, components);
        texts.forEach(
                (text, names) ->
                        page.append("\n--------\n").append(String.join(", ", names)).append("\n\n").append(text));
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(String.join("\n", complaints));
        }
        Files.writeString(output.resolve("third-party-licences.txt"), page.toString());
    }

    /** Maven does not know the run-time image; it is a component like the others. */
    private static String withRuntime(String bom, String version, String vendor) {
        String component =
                """
                  "components" : [
                    {
                      "type" : "platform",
                      "name" : "OpenJDK run-time image",
                      "version" : "%s",
                      "publisher" : "%s",
                      "licenses" : [ { "license" : { "id" : "GPL-2.0-with-classpath-exception" } } ]
                    },
                """
                        .formatted(version, vendor)
                        .stripTrailing();
        String changed = bom.replaceFirst("(?m)^  \"components\" : \\[$", component);
        if (changed.equals(bom)) {
            throw new IllegalStateException("the SBOM has no list of components where it is expected");
        }
        return changed;
    }

    private static List<Component> components(Path bom) throws Exception {
        List<Component> found = new ArrayList<>();
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(bom.toFile()).getDocumentElement();
        NodeList nodes = child(root, "components").getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element) {
                Component component =
                        new Component(
                                text(element, "group"),
                                text(element, "name"),
                                text(element, "version"),
                                licences(element));
                // A jar with a classifier, such as JavaFX's, stands there twice.
                if (!found.contains(component)) {
                    found.add(component);
                }
            }
        }
        return found;
    }

    private static List<String> licences(Element component) {
        List<String> found = new ArrayList<>();
        Element list = child(component, "licenses");
        for (Node node = list == null ? null : list.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element licence) {
                found.add(text(licence, child(licence, "id") == null ? "name" : "id"));
            }
        }
        return found;
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }

    private static String text(Element parent, String name) {
        Element child = child(parent, name);
        return child == null ? "" : child.getTextContent().strip();
    }

    private static List<Path> jars(Path folder, Component component) throws IOException {
        String plain = component.name() + "-" + component.version();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> {
                                String name = file.getFileName().toString();
                                return name.equals(plain + ".jar") || name.startsWith(plain + "-");
                            })
                    .sorted()
                    .toList();
        }
    }

    private void describe(Path repository, Component component, List<Path> jars) throws IOException {
        page.append("%-48s %s%n".formatted(component, String.join(" or ", component.licences())));
        if (component.licences().stream().noneMatch(WELCOME::contains)) {
            complaints.add(component + ": no welcome licence among " + component.licences());
        }
        List<String> own = new ArrayList<>();
        for (Path jar : jars) {
            own.addAll(textsOf(jar));
        }
        if (own.isEmpty()) {
            own.addAll(standardTexts(repository, component));
        }
        own.forEach(text -> texts.computeIfAbsent(text, missing -> new TreeSet<>()).add(component.toString()));
    }

    private static List<String> textsOf(Path jar) throws IOException {
        List<String> found = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName().toLowerCase(Locale.ROOT);
                if (!entry.isDirectory() && name.matches("(.*/)?(licen[cs]e|notice|copying)([.-][^/]*)?")) {
                    try (var in = file.getInputStream(entry)) {
                        found.add(new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n").strip() + "\n");
                    }
                }
            }
        }
        return found;
    }

    private List<String> standardTexts(Path repository, Component component) throws IOException {
        List<String> found = new ArrayList<>();
        for (String licence : component.licences()) {
            Path file = repository.resolve(licences).resolve(licence + ".txt");
            if (licence.equals("Apache-2.0")) {
                found.add(Files.readString(repository.resolve("LICENSE")).strip() + "\n");
            } else if (licence.equals("MIT") && COPYRIGHTS.containsKey(component.name())) {
                found.add(COPYRIGHTS.get(component.name()) + "\n\n" + Files.readString(file));
            } else if (!licence.equals("MIT") && Files.exists(file)) {
                found.add(Files.readString(file));
            }
        }
        if (found.isEmpty() && !component.licences().contains("GPL-2.0-with-classpath-exception")) {
            complaints.add(component + ": neither its jar nor jlink/licences has the text of its licence");
        }
        return found;
    }

    private void checkEveryJar(Path jars, List<Component> components) throws IOException {
        try (Stream<Path> files = Files.list(jars)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                boolean known =
                        components.stream()
                                .anyMatch(one -> name.startsWith(one.name() + "-" + one.version()));
                if (!known && name.contains("-")) {
                    complaints.add(name + ": not in the SBOM; does target/lib hold jars of an older build?");
                }
            }
        }
    }
}
