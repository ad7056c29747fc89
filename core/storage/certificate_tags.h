// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/tag.h"
#include "storage/connection.h"

/// The rows of tag and certificate_tag. What the list filters and sorts by is repeated in the certificate's tag_keys.
namespace storage {

/// Gives tags to a certificate that has none.
base::Result<void> insertTags(Connection& connection, const QString& certificateId, const QList<lifecycle::Tag>& tags);
/// In the order of the alphabet.
base::Result<QList<lifecycle::Tag>> loadTags(Connection& connection, const QString& certificateId);
/// Answers the certificates that are not as they were. NotFound where one is unknown.
base::Result<QList<lifecycle::TaggedCertificate>> changeTags(Connection& connection,
                                                             const lifecycle::TagChange& change);
base::Result<QList<lifecycle::TagUse>> loadTagUses(Connection& connection);
/// The statement of loadTagUses().
extern const QString tagUseSelection;

/// A LIKE pattern (ESCAPE '\') for tag_keys that have this one.
QString tagPattern(const QString& key);

} // namespace storage
