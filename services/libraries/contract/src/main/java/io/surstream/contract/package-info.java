/** Rules that every reader and writer of an event applies alike. Pure; safe for any thread. */
package io.surstream.contract;
