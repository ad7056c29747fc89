// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "lifecycle/account.h"
#include "lifecycle/authority.h"
#include "lifecycle/vault.h"

#include <optional>

namespace lifecycle {

class Journal;
struct Repositories;
struct SealedCredential;

/// A CSV file with credentials, and how to read it.
struct CredentialFile {
    QString path;
    QString authority; ///< name or id for lines that name none; empty: every line has to
    /// Whether keys that look encoded once more are decoded again; nothing: not asked yet.
    std::optional<bool> decodeOnceMore;
};

/// What one line of the file would do.
struct CredentialImportLine {
    enum class Verdict {
        Add,
        Known, ///< the authority has a credential with this key identifier: nothing will be done
        Bad, ///< `error` says why, and which column it is about
    };
    int line = 0; ///< in the file, from 1
    Verdict verdict = Verdict::Bad;
    std::optional<base::Error> error;
    EabCredential credential; ///< without an id while it is only a draft
    QString authorityName; ///< as known here, else as the file has it
    SharedSecret key; ///< decoded; null for a bad line
    bool looksEncodedOnceMore = false;
};

/// What importing the file would do. Nothing is stored yet.
struct CredentialImportPreview {
    QList<CredentialImportLine> lines;
    QStringList ignoredColumns; ///< headers that mean nothing here
    /// Some keys look encoded once more, and nothing said how to read them: ask once for all and preview again.
    bool needsAnswer = false;

    int count(CredentialImportLine::Verdict verdict) const;
};

/// Stores many EAB credentials from a CSV file: first a preview, then all of them in one transaction.
///
/// Columns by their header, in any order and without regard to case: kid, key (or hmac), authority, alg, label, owner,
/// host, expires, contact (several between blanks). Errors name "file", "authority", "kid", "eabKey", "algorithm",
/// "expires" or "contacts".
class CredentialImport {
public:
    CredentialImport(Repositories& repositories, Vault& vault, Journal& journal);

    /// Reads the file in the pool, 16 MiB at most. File where it cannot be read, InvalidInput where it is no CSV or
    /// lacks a column, both about "file".
    base::Task<base::Result<CredentialImportPreview>> preview(CredentialFile file);
    /// Stores what the preview would add, all or nothing: how many. InvalidInput where it still needs an answer.
    base::Task<base::Result<int>> accept(CredentialImportPreview preview);

private:
    base::Task<base::Result<QList<SealedCredential>>> seal(CredentialImportPreview preview);

    Repositories& m_repositories;
    Vault& m_vault;
    Journal& m_journal;
};

} // namespace lifecycle
