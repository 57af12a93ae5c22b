/** Networks of the Stable Diffusion family, shaped by their {@code config.json}: what the subpackages share. */
package io.surstream.models;
