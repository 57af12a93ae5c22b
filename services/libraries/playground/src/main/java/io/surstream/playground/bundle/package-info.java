/** The trained playground model as it travels in this jar, and the list that proves it whole. */
package io.surstream.playground.bundle;
