// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTextEdit>

namespace ui {

/// A value such as a fingerprint or a token for reading and copying: breaks anywhere, and is as high as it needs.
class MonoBlock : public QTextEdit {
    Q_OBJECT

public:
    explicit MonoBlock(const QString& text, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHeight();
};

} // namespace ui
