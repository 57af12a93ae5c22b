/** Fresh weights for networks that are trained from scratch or only measured: shapes from the config, values from a seed. */
package io.surstream.models.initialization;
