/** From a model reference to a local folder: bundled, a folder, object storage, or the Hugging Face Hub. */
package io.surstream.models.hub;
