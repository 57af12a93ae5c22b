package io.surstream.contract;

import java.util.regex.Pattern;

/** What names a dataset, a training run, an adapter or a job: a record key, a part of object keys and of URLs. */
public final class ResourceName {
    /** In words, for refusals. */
    public static final String LIMIT = "1 to 128 characters of A-Z a-z 0-9 . _ - and not only dots";

    private static final Pattern FORM = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,128}");

    private ResourceName() {}

    public static boolean isValid(String name) {
        return FORM.matcher(name).matches();
    }
}
