package io.surstream.training.settings;

/**
 * One setting that cannot be used.
 *
 * @param name the published script's name of it
 * @param value as given
 * @param limit what it must be
 */
public record SettingProblem(String name, String value, String limit) {
    @Override
    public String toString() {
        return name + " must be " + limit + " but is " + value;
    }
}
