// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authorities.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace ui {

/// Where the root of an authority's TLS comes from, and the root.
class RootField : public QWidget {
    Q_OBJECT

public:
    enum Kind { SystemStore, PemFile, PastedPem, Fingerprint };

    explicit RootField(QWidget* parent = nullptr);

    Kind kind() const;
    void choose(Kind kind);
    /// Empty, with the system's store chosen.
    void clear();
    /// The roots of an authority under management; empty: the system's store.
    void setRoots(const QByteArray& pem);
    /// Puts what was entered into `details`. The sentence that says what is missing, else empty.
    QString enter(lifecycle::AuthorityDetails& details) const;

Q_SIGNALS:
    void chosen(int kind);
    void edited();
    void returnPressed();
    /// What is wrong with the clipboard; empty: nothing.
    void pasted(const QString& fault);

private:
    QWidget* makeFileRow();
    void showEditor(int kind);
    void paste();
    void browse();

    QComboBox* m_kind;
    QWidget* m_fileRow;
    QLineEdit* m_file;
    QPlainTextEdit* m_pem;
    QPushButton* m_paste;
    QLineEdit* m_fingerprint;
};

} // namespace ui
