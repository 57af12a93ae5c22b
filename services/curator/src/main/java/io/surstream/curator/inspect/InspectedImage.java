package io.surstream.curator.inspect;

/**
 * An image in its normal form: PNG or JPEG, 8 bits, RGB or grey, no alpha. The array is shared: do not write to it.
 *
 * @param type image/png or image/jpeg
 * @param sha256 of the bytes, lower-case hex
 * @param normalised whether the bytes are not those that came
 */
public record InspectedImage(byte[] bytes, String type, int width, int height, String sha256, boolean normalised) {

    /** File name extension with its dot. */
    public String extension() {
        return type.equals("image/png") ? ".png" : ".jpg";
    }
}
