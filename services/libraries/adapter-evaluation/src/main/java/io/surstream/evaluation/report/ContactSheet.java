package io.surstream.evaluation.report;

import io.surstream.evaluation.measure.ArmResult;
import io.surstream.evaluation.measure.EvaluationTask;
import io.surstream.models.image.RgbImage;
import io.surstream.playground.world.Sheet;
import java.awt.image.BufferedImage;
import java.util.List;

/** Images without and with an adapter side by side, under the first the prompt; labels of wrong ones are red. */
public final class ContactSheet {
    private static final int PAIRS_IN_A_ROW = 4;
    private static final int SCALE = 2;

    private ContactSheet() {}

    /**
     * A PNG of as many pairs as both arms kept images.
     *
     * @param headline the category that tells right from wrong
     */
    public static <E> byte[] of(List<EvaluationTask<E>> tasks, ArmResult baseline, ArmResult adapted, String headline) {
        Sheet sheet = new Sheet(2 * PAIRS_IN_A_ROW, SCALE);
        int pairs = Math.min(baseline.first().size(), adapted.first().size());
        for (int i = 0; i < pairs; i++) {
            add(sheet, baseline, i, headline, tasks.get(i).request().prompt());
            add(sheet, adapted, i, headline, "with adapter");
        }
        return sheet.toPng();
    }

    private static void add(Sheet sheet, ArmResult arm, int i, String headline, String label) {
        BufferedImage image = image(arm.first().get(i));
        if (arm.right().get(i).getOrDefault(headline, true)) {
            sheet.add(image, label);
        } else {
            sheet.addWrong(image, label);
        }
    }

    private static BufferedImage image(RgbImage source) {
        BufferedImage image = new BufferedImage(source.width(), source.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = source.rgb();
        for (int i = 0; i < source.width() * source.height(); i++) {
            int colour = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
            image.setRGB(i % source.width(), i / source.width(), colour);
        }
        return image;
    }
}
