package org.pgrehearsal.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.pgrehearsal.platform.MachineException;

/**
 * {@code lab/images.yaml}.
 *
 * @param upstream what is pulled where a container registry answers
 * @param images   what is built elsewhere, in the order of building
 */
record Recipes(Upstream upstream, List<Recipe> images) {
    /**
     * Images that no manifest names.
     *
     * @param node rancher/k3s with its tag
     */
    record Upstream(String node) {}

    static Recipes read(Path file) {
        try {
            return new ObjectMapper(new YAMLFactory()).readValue(Files.readString(file), Recipes.class);
        } catch (JsonProcessingException e) {
            throw new MachineException(file + " is not a list of images: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MachineException("cannot read " + file + "; start from the repository: " + e.getMessage(), e);
        }
    }

    /** What images can be asked for, beside those of every run. */
    Set<String> users() {
        Set<String> users = new TreeSet<>();
        images.forEach(image -> users.addAll(image.users()));
        users.remove(Recipe.EVERY_RUN);
        return users;
    }
}
