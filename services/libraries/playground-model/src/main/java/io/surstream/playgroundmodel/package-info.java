/** The bundled base model and its teacher, as files of this jar that are verified when they are opened. */
package io.surstream.playgroundmodel;
