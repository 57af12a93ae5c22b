package io.surstream.torch.weights;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What an I/O error on a file means, in words. */
public final class IoProblem {
    private IoProblem() {}

    public static String of(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "may not be read by this user";
        }
        return "cannot be read: " + e.getMessage();
    }
}
