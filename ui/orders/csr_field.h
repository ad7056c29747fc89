// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/external_request.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;

namespace ui {

/// A certificate request from elsewhere, pasted or read from a file, and what it asks for.
class CsrField : public QWidget {
    Q_OBJECT

public:
    explicit CsrField(QWidget* parent = nullptr);

    void clear();
    bool isEmpty() const;
    /// The request, once it is one that can be used; else the sentence beside it says what is wrong.
    const std::optional<lifecycle::ExternalRequest>& request() const { return m_request; }

Q_SIGNALS:
    void changed();

private:
    void browse();
    void load(const QString& path);
    void readText();
    void take(const QByteArray& bytes);

    QPlainTextEdit* m_text;
    QLabel* m_summary;
    std::optional<lifecycle::ExternalRequest> m_request;
};

} // namespace ui
