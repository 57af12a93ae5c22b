/** The little world: scenes of a few equal objects, and the 64×64 images that show them. */
package io.surstream.playground.world;
