/* weir-heap.c: memory that is given back to the system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-heap.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sys/mman.h>
#include <unistd.h>

/**
 * weir_heap_new_block:
 * @size: bytes
 *
 * For what is large and stays: among the short-lived blocks of malloc() it would keep their room from being given
 * back. What is not touched takes no memory.
 *
 * Returns: (transfer full): zeros; weir_heap_free_block()
 */
gpointer
weir_heap_new_block (gsize size)
{
  gpointer block = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (block == MAP_FAILED)
    g_error ("%" G_GSIZE_FORMAT " bytes of memory are not to be had", size);
  return block;
}

/**
 * weir_heap_free_block:
 * @block: (nullable) (transfer full): a block
 * @size: as it was asked for
 */
void
weir_heap_free_block (gpointer block, gsize size)
{
  if (block != NULL)
    munmap (block, size);
}

/**
 * weir_heap_empty_block:
 * @block: a block
 * @offset: bytes
 * @size: bytes
 *
 * Makes a part of a block zeros again that take no memory: as far as it is whole pages of the system's. It may be read
 * meanwhile.
 */
void
weir_heap_empty_block (gpointer block, gsize offset, gsize size)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize from = (offset + page - 1) / page * page;
  gsize to = (offset + size) / page * page;

  if (to > from)
    madvise ((char *) block + from, to - from, MADV_DONTNEED);
}

/**
 * weir_heap_set_up:
 *
 * To be called before there are threads. By itself malloc() has up to eight arenas a processor, each with what its
 * threads left behind: 20 MB more after a million events were followed. Two are as fast here.
 */
void
weir_heap_set_up (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 2);
#endif
}

/**
 * weir_heap_trim:
 *
 * Gives back what malloc() keeps for later, in each of its arenas: left to itself it does so at an arena's end alone, and
 * after some thousands of pages of events two of three bytes are held in vain. Takes some ms: not on the main loop.
 */
void
weir_heap_trim (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}
