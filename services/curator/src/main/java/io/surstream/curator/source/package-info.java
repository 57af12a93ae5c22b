/** What a source's name stands for, opened: its items and its images. */
package io.surstream.curator.source;
