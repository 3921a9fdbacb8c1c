/* weir-account-store.h: the accounts, kept in a file without their secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-account.h"

G_BEGIN_DECLS

#define WEIR_ACCOUNT_STORE_ERROR (weir_account_store_error_quark ())
GQuark weir_account_store_error_quark (void);

typedef enum
{
  WEIR_ACCOUNT_STORE_ERROR_FILE, /* cannot be read or written, or is damaged: then it is left as it is */
  WEIR_ACCOUNT_STORE_ERROR_TAKEN,   /* an account of that name exists */
  WEIR_ACCOUNT_STORE_ERROR_MISSING, /* no account of that name */
} WeirAccountStoreError;

/* A GListModel of WeirAccount, in the order of adding. Written whole and atomically, mode 0600, at each change. */
#define WEIR_TYPE_ACCOUNT_STORE (weir_account_store_get_type ())
G_DECLARE_FINAL_TYPE (WeirAccountStore, weir_account_store, WEIR, ACCOUNT_STORE, GObject)

WeirAccountStore *
weir_account_store_new (const char *path,
                        GError **error); /* NULL: weir_paths_dup_config_dir()/accounts.json */
gboolean weir_account_store_add (WeirAccountStore *self,
                                 WeirAccount *account,
                                 GError **error); /* ephemeral ones are listed, not written */
gboolean weir_account_store_replace (WeirAccountStore *self,
                                     WeirAccount *account,
                                     GError **error); /* by uuid */
gboolean weir_account_store_remove (WeirAccountStore *self, WeirAccount *account, GError **error);

typedef enum
{
  WEIR_ACCOUNT_STORE_ADD,
  WEIR_ACCOUNT_STORE_REPLACE,
  WEIR_ACCOUNT_STORE_REMOVE,
} WeirAccountStoreChange;

/* the same without waiting for the disk, or for another program that has the file */
void weir_account_store_change_async (WeirAccountStore *self,
                                      WeirAccountStoreChange what,
                                      WeirAccount *account,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
weir_account_store_change_finish (WeirAccountStore *self, GAsyncResult *result, GError **error);
WeirAccount *weir_account_store_find (WeirAccountStore *self,
                                      const char *name,
                                      GError **error); /* transfer none */
WeirAccount *weir_account_store_find_uuid (WeirAccountStore *self,
                                           const char *uuid); /* transfer none, nullable */

G_END_DECLS
