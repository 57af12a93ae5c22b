/** Training of the SUR-adapter; what its parts have in common. */
package io.surstream.training;
