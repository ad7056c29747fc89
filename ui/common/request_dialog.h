// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QPointer>

namespace ui {

class Banner;

/// A dialog that cannot be left while its request runs, since what came of it would be told to nobody. It grows with
/// what appears in it.
class RequestDialog : public QDialog {
    Q_OBJECT

public:
    /// `bannerName` is the object name of the banner, which is laid out by the derived dialog.
    explicit RequestDialog(const QString& bannerName, QWidget* parent = nullptr);

    /// Does nothing while a request runs.
    void reject() override;

protected:
    bool event(QEvent* event) override;
    /// Shows `words` and disables `waiting` until endRequest().
    void beginRequest(const QString& words, const QWidgetList& waiting);
    void endRequest();
    Banner* banner() const { return m_banner; }

private:
    Banner* m_banner;
    QWidgetList m_waiting; ///< empty where nothing runs
    QPointer<QWidget> m_focused; ///< as it began
};

} // namespace ui
