/** Images as RGB bytes: decoded from files of any format, put on white where they are transparent, written as PNG. */
package io.surstream.models.image;
