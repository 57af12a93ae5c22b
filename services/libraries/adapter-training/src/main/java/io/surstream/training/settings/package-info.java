/** How an adapter is trained: the published script's settings by name, with its defaults. */
package io.surstream.training.settings;
