package io.surstream.curator.fetch;

import io.surstream.curator.parse.ImageLocation;
import io.surstream.curator.parse.SourceItem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The possible names of an item's image in a folder or an archive. Pure. */
final class ImageNames {
    private static final List<String> EXTENSIONS = List.of(".png", ".jpg", ".jpeg", ".webp", ".gif");
    private static final Pattern UNSAFE = Pattern.compile("^/|^[A-Za-z]:|\\\\|\0|(^|/)\\.\\.(/|$)");

    private ImageNames() {}

    /** Whether a name stays inside its folder: relative, without backslash, NUL or a step upwards. */
    static boolean isInside(String name) {
        return !UNSAFE.matcher(name).find();
    }

    /**
     * Candidates, the best first: the name as it is, then with the usual extensions. For an image with an address that is its last
     * part, or the item's id.
     */
    static List<String> of(SourceItem item) {
        List<String> names = new ArrayList<>();
        if (item.image() instanceof ImageLocation.Named named) {
            names.addAll(withExtensions(named.name()));
        } else if (item.image() instanceof ImageLocation.Remote remote) {
            String path = remote.url().replaceAll("[?#].*$", "");
            names.addAll(withExtensions(path.substring(path.lastIndexOf('/') + 1)));
            names.addAll(withExtensions(item.id()));
        }
        return names;
    }

    private static List<String> withExtensions(String name) {
        List<String> names = new ArrayList<>();
        names.add(name);
        EXTENSIONS.forEach(extension -> names.add(name + extension));
        return names;
    }
}
