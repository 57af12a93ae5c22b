package io.surstream.models;

/** A reference that leads to no model, or a folder that is none; the message names it and says what a model looks like. */
public final class ModelFolderException extends ModelException {
    private static final long serialVersionUID = 1L;

    public ModelFolderException(String message) {
        super(message);
    }

    public ModelFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
