package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A page of a listing with some of its keys left out. */
final class ListAnswer {
    private final byte[] xml;
    private final int hidden;

    private ListAnswer(byte[] xml, int hidden) {
        this.xml = xml;
        this.hidden = hidden;
    }

    byte[] xml() {
        return xml;
    }

    /** How many keys were left out. */
    int hidden() {
        return hidden;
    }

    /** Leaves out the keys that are chosen; the page stays as it is if none is. */
    static ListAnswer without(byte[] page, Predicate<String> hide) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(page));
            boolean encoded = "url".equals(textOf(document.getDocumentElement(), "EncodingType"));
            var chosen = new ArrayList<Node>();
            NodeList all = document.getElementsByTagName("Contents");
            for (int i = 0; i < all.getLength(); i++) {
                String key = textOf((Element) all.item(i), "Key");
                if (hide.test(encoded ? URLDecoder.decode(key, UTF_8) : key)) {
                    chosen.add(all.item(i));
                }
            }
            if (chosen.isEmpty()) {
                return new ListAnswer(page, 0);
            }
            chosen.forEach(node -> node.getParentNode().removeChild(node));
            NodeList count = document.getElementsByTagName("KeyCount");
            if (count.getLength() == 1) {
                int before = Integer.parseInt(count.item(0).getTextContent().strip());
                count.item(0).setTextContent(Integer.toString(before - chosen.size()));
            }
            var out = new ByteArrayOutputStream();
            TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(out));
            return new ListAnswer(out.toByteArray(), chosen.size());
        } catch (ParserConfigurationException | SAXException | TransformerException e) {
            throw new IOException("not the XML of a listing: " + e.getMessage(), e);
        }
    }

    private static String textOf(Element parent, String child) {
        NodeList found = parent.getElementsByTagName(child);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
