/** Reads scenes off the pixels of images and counts how often they show what the prompt asked for. */
package io.surstream.playground.score;
