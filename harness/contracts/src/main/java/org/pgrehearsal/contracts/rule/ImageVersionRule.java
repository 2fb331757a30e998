package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.World;

/** Every image and every chart of somebody else's has one exact version. */
record ImageVersionRule() implements Rule {
    private static final Pattern IMAGE = Pattern.compile(
            "[a-z0-9][a-z0-9._-]*(:[0-9]+)?(/[a-z0-9._-]+)*(:(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]*))?(@sha256:(?<digest>[0-9a-f]{64}))?");
    private static final Set<String> MOVING =
            Set.of("latest", "stable", "edge", "main", "master", "nightly", "dev", "devel", "current");
    private static final Pattern EXACT = Pattern.compile("v?[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?");
    /** Fields that hold an image as one text, wherever they stand. */
    private static final Set<String> FIELDS = Set.of("image", "imageName", "dockerImage", "docker_image");

    @Override
    public String name() {
        return "image-version";
    }

    @Override
    public void check(World world, Report report) {
        world.manifests().forEach(object -> {
            Manifest.fields("", object.body())
                    .filter(field -> FIELDS.contains(field.name()))
                    .filter(field -> field.value().isTextual())
                    .forEach(field -> {
                        report.looked();
                        image(field.value().asText(), object, report);
                    });
            if (object.is("helm.toolkit.fluxcd.io", "HelmRelease")) {
                chart(object, report);
            }
            if (object.is("source.toolkit.fluxcd.io", "OCIRepository")) {
                report.looked();
                JsonNode ref = object.at("/spec/ref");
                if (!ref.has("digest")
                        && !EXACT.matcher(ref.path("tag").asText()).matches()) {
                    report.refuse(object, "spec.ref has to be an exact tag or a digest");
                }
            }
        });
    }

    private static void image(String image, Manifest object, Report report) {
        var matcher = IMAGE.matcher(image);
        if (image.isEmpty() || !matcher.matches()) {
            report.refuse(object, "\"" + image + "\" is no image: NAME:VERSION");
        } else if (matcher.group("digest") == null) {
            String tag = matcher.group("tag");
            if (tag == null) {
                report.refuse(object, "the image " + image + " has no version: add its tag");
            } else if (MOVING.contains(tag) || tag.chars().noneMatch(Character::isDigit)) {
                report.refuse(object, "the version of the image " + image + " moves: name an exact one");
            }
        }
    }

    /** The images inside the values of charts that are not ours count, too; those of ours show in what they render. */
    private static void chart(Manifest release, Report report) {
        if (release.at("/spec/chart/spec").isMissingNode()
                || release.text("/spec/chart/spec/sourceRef/kind").equals("GitRepository")) {
            return;
        }
        report.looked();
        if (!EXACT.matcher(release.text("/spec/chart/spec/version")).matches()) {
            report.refuse(
                    release,
                    "the chart's version \"" + release.text("/spec/chart/spec/version")
                            + "\" is not exact: say one release, such as 1.2.3");
        }
        List<JsonNode> images = Manifest.fields("", release.at("/spec/values"))
                .filter(field -> field.name().equals("image") && field.value().has("tag"))
                .map(Manifest.Field::value)
                .toList();
        for (JsonNode image : images) {
            if (MOVING.contains(image.path("tag").asText())) {
                report.refuse(release, "the image tag \"" + image.path("tag").asText() + "\" moves: name an exact one");
            }
        }
    }
}
